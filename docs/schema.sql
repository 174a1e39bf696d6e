-- What the migrations make of an empty database, to be read, not to be run. Written by `pnpm schema`.
-- Daily partitions, which the service makes and drops, are not listed.

CREATE TABLE alert_notices (
  notice_id uuid NOT NULL,
  app_id uuid NOT NULL,
  alert_id uuid,
  kind text NOT NULL,
  severity text NOT NULL,
  detail jsonb,
  created_at timestamptz NOT NULL,
  deliver_after timestamptz NOT NULL,
  summary_id uuid,
  handled_at timestamptz,
  CONSTRAINT alert_notices_pkey PRIMARY KEY (notice_id),
  CONSTRAINT alert_notices_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES alerts(alert_id) ON DELETE CASCADE,
  CONSTRAINT alert_notices_app_id_fkey FOREIGN KEY (app_id) REFERENCES apps(app_id),
  CONSTRAINT alert_notices_summary_id_fkey FOREIGN KEY (summary_id) REFERENCES alert_notices(notice_id) ON DELETE CASCADE,
  CONSTRAINT alert_notices_kind_check CHECK (kind = ANY (ARRAY['opened', 'escalated', 'resolved', 'reminder', 'summary'])),
  CONSTRAINT alert_notices_severity_check CHECK (severity = ANY (ARRAY['warning', 'critical'])),
  CONSTRAINT alert_notices_subject_check CHECK ((kind = 'summary') = (alert_id IS NULL))
);
CREATE INDEX alert_notices_alert_idx ON alert_notices (alert_id, notice_id);
CREATE INDEX alert_notices_due_idx ON alert_notices (deliver_after, notice_id) WHERE handled_at IS NULL AND summary_id IS NULL;
CREATE UNIQUE INDEX alert_notices_one_summary_key ON alert_notices (app_id) WHERE kind = 'summary' AND handled_at IS NULL;
CREATE INDEX alert_notices_summary_idx ON alert_notices (summary_id) WHERE summary_id IS NOT NULL;

CREATE TABLE alert_rounds (
  is_only_row boolean NOT NULL DEFAULT true,
  next_at timestamptz NOT NULL,
  CONSTRAINT alert_rounds_pkey PRIMARY KEY (is_only_row),
  CONSTRAINT alert_rounds_is_only_row_check CHECK (is_only_row)
);

CREATE TABLE alert_settings (
  app_id uuid NOT NULL,
  rules jsonb NOT NULL,
  renotify_after_minutes integer NOT NULL,
  quiet_hours jsonb,
  updated_at timestamptz NOT NULL,
  updated_by text NOT NULL,
  CONSTRAINT alert_settings_pkey PRIMARY KEY (app_id),
  CONSTRAINT alert_settings_app_id_fkey FOREIGN KEY (app_id) REFERENCES apps(app_id)
);

CREATE TABLE alerts (
  alert_id uuid NOT NULL,
  app_id uuid NOT NULL,
  webhook_id uuid,
  rule text NOT NULL,
  severity text NOT NULL,
  status text NOT NULL,
  detail jsonb NOT NULL,
  opened_at timestamptz NOT NULL,
  escalated_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by text,
  resolved_at timestamptz,
  resolved_by text,
  clear_since timestamptz,
  reminders smallint NOT NULL DEFAULT 0,
  next_reminder_at timestamptz,
  source_id uuid,
  CONSTRAINT alerts_pkey PRIMARY KEY (alert_id),
  CONSTRAINT alerts_app_id_fkey FOREIGN KEY (app_id) REFERENCES apps(app_id),
  CONSTRAINT alerts_source_id_fkey FOREIGN KEY (source_id) REFERENCES sources(source_id),
  CONSTRAINT alerts_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES webhook_configs(webhook_id),
  CONSTRAINT alerts_severity_check CHECK (severity = ANY (ARRAY['warning', 'critical'])),
  CONSTRAINT alerts_status_check CHECK (status = ANY (ARRAY['open', 'acknowledged', 'resolved']))
);
CREATE INDEX alerts_age_idx ON alerts (resolved_at) WHERE status = 'resolved';
CREATE INDEX alerts_app_idx ON alerts (app_id, alert_id DESC);
CREATE INDEX alerts_dismissed_idx ON alerts (webhook_id, rule, alert_id DESC) WHERE status = 'resolved' AND resolved_by <> 'system';
CREATE INDEX alerts_dismissed_rule_idx ON alerts (rule) WHERE status = 'resolved' AND resolved_by <> 'system' AND clear_since IS NULL;
CREATE UNIQUE INDEX alerts_one_unresolved_key ON alerts (webhook_id, rule) WHERE status <> 'resolved';
CREATE UNIQUE INDEX alerts_one_unresolved_of_source_key ON alerts (source_id, rule) WHERE status <> 'resolved' AND source_id IS NOT NULL;
CREATE INDEX alerts_opened_idx ON alerts (app_id, opened_at DESC);
CREATE INDEX alerts_reminder_idx ON alerts (next_reminder_at) WHERE status = 'open' AND next_reminder_at IS NOT NULL;
CREATE INDEX alerts_resolved_idx ON alerts (app_id, resolved_at DESC) WHERE resolved_at IS NOT NULL;

CREATE TABLE api_tokens (
  token_id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  app_id uuid,
  name text NOT NULL,
  prefix text NOT NULL,
  token_hash bytea NOT NULL,
  scopes text[] NOT NULL,
  expires_at timestamptz,
  last_used_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by text NOT NULL,
  owner_email text NOT NULL,
  CONSTRAINT api_tokens_pkey PRIMARY KEY (token_id),
  CONSTRAINT api_tokens_token_hash_key UNIQUE (token_hash),
  CONSTRAINT api_tokens_app_id_fkey FOREIGN KEY (app_id) REFERENCES apps(app_id),
  CONSTRAINT api_tokens_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id)
);
CREATE INDEX api_tokens_tenant_idx ON api_tokens (tenant_id);
CREATE CONSTRAINT TRIGGER api_tokens_change AFTER INSERT OR DELETE OR UPDATE OF scopes, expires_at, app_id, token_hash ON api_tokens DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION move_config_version();
CREATE CONSTRAINT TRIGGER api_tokens_rename AFTER UPDATE OF name ON api_tokens DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION move_config_version();

CREATE TABLE apps (
  app_id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  app_key text NOT NULL,
  name text NOT NULL,
  package_name text NOT NULL,
  description text NOT NULL DEFAULT '',
  secret_ciphertext bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz,
  next_secret_ciphertext bytea,
  secret_staged_at timestamptz,
  previous_secret_ciphertext bytea,
  previous_secret_expires_at timestamptz,
  retain_events_days smallint,
  retain_logs_days smallint,
  external_id text,
  CONSTRAINT apps_pkey PRIMARY KEY (app_id),
  CONSTRAINT apps_app_key_key UNIQUE (app_key),
  CONSTRAINT apps_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id),
  CONSTRAINT apps_previous_secret_check CHECK ((previous_secret_ciphertext IS NULL) = (previous_secret_expires_at IS NULL)),
  CONSTRAINT apps_retain_events_days_check CHECK (retain_events_days > 0),
  CONSTRAINT apps_retain_logs_days_check CHECK (retain_logs_days > 0),
  CONSTRAINT apps_staged_secret_check CHECK ((next_secret_ciphertext IS NULL) = (secret_staged_at IS NULL))
);
CREATE UNIQUE INDEX apps_external_id_key ON apps (tenant_id, external_id) WHERE external_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX apps_tenant_idx ON apps (tenant_id);
CREATE CONSTRAINT TRIGGER apps_change AFTER INSERT OR DELETE OR UPDATE ON apps DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION move_config_version();

CREATE TABLE attempt_windows (
  webhook_id uuid NOT NULL,
  minute_at timestamptz NOT NULL,
  attempts integer NOT NULL,
  failures integer NOT NULL,
  bins smallint[] NOT NULL,
  bin_counts integer[] NOT NULL,
  CONSTRAINT attempt_windows_pkey PRIMARY KEY (webhook_id, minute_at)
) WITH (fillfactor=80);
CREATE INDEX attempt_windows_age_idx ON attempt_windows (minute_at);

CREATE TABLE attempts (
  delivery_id uuid NOT NULL,
  attempt smallint NOT NULL,
  started_at timestamptz NOT NULL,
  duration_ms real NOT NULL,
  dns_ms real,
  connect_ms real,
  tls_ms real,
  first_byte_ms real,
  remote_address text,
  request_headers text NOT NULL,
  response_status smallint,
  response_headers text,
  response_body text,
  is_response_truncated boolean NOT NULL,
  error_class text,
  error_message text,
  evidence text,
  is_split boolean,
  CONSTRAINT attempts_pkey PRIMARY KEY (delivery_id, attempt)
) PARTITION BY RANGE (delivery_id);
CREATE TABLE attempts_default PARTITION OF attempts DEFAULT;

CREATE TABLE audit_entries (
  audit_id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  action text NOT NULL,
  actor text NOT NULL,
  actor_id uuid,
  app_key text,
  target_id text,
  detail jsonb NOT NULL DEFAULT '{}'::jsonb,
  ip_address text,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT audit_entries_pkey PRIMARY KEY (audit_id),
  CONSTRAINT audit_entries_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id)
);
CREATE INDEX audit_entries_action_idx ON audit_entries (tenant_id, action, audit_id DESC NULLS LAST);
CREATE INDEX audit_entries_actor_idx ON audit_entries (tenant_id, actor, audit_id DESC NULLS LAST);
CREATE INDEX audit_entries_age_idx ON audit_entries (created_at);
CREATE INDEX audit_entries_app_idx ON audit_entries (tenant_id, app_key, audit_id DESC NULLS LAST);
CREATE INDEX audit_entries_target_idx ON audit_entries (tenant_id, target_id, audit_id DESC NULLS LAST);
CREATE INDEX audit_entries_tenant_idx ON audit_entries (tenant_id, audit_id DESC NULLS LAST);

CREATE TABLE before_counts (
  webhook_id uuid NOT NULL,
  minute_at timestamptz NOT NULL,
  allowed integer NOT NULL,
  denied integer NOT NULL,
  modified integer NOT NULL,
  by_deadline integer NOT NULL,
  by_breaker integer NOT NULL,
  by_pause integer NOT NULL,
  by_invalid_answer integer NOT NULL,
  by_error integer NOT NULL,
  latency_ms_sum double precision NOT NULL,
  latency_ms_max real NOT NULL,
  CONSTRAINT before_counts_pkey PRIMARY KEY (webhook_id, minute_at),
  CONSTRAINT before_counts_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES webhook_configs(webhook_id)
);
CREATE INDEX before_counts_age_idx ON before_counts (minute_at);

CREATE TABLE before_routes (
  app_id uuid NOT NULL,
  event text NOT NULL,
  webhook_id uuid NOT NULL,
  CONSTRAINT before_routes_pkey PRIMARY KEY (app_id, event),
  CONSTRAINT before_routes_app_id_fkey FOREIGN KEY (app_id) REFERENCES apps(app_id),
  CONSTRAINT before_routes_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES webhook_configs(webhook_id)
);
CREATE INDEX before_routes_webhook_idx ON before_routes (webhook_id);

CREATE TABLE callback_replies (
  delivery_id uuid NOT NULL,
  event_id uuid NOT NULL,
  webhook_id uuid NOT NULL,
  app_id uuid NOT NULL,
  answer text NOT NULL,
  is_truncated boolean NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT callback_replies_pkey PRIMARY KEY (delivery_id)
);

CREATE TABLE config_version (
  is_only_row boolean NOT NULL DEFAULT true,
  version bigint NOT NULL,
  CONSTRAINT config_version_pkey PRIMARY KEY (is_only_row),
  CONSTRAINT config_version_is_only_row_check CHECK (is_only_row)
);

CREATE TABLE count_deltas (
  webhook_id uuid NOT NULL,
  bucket_at timestamptz NOT NULL,
  counted_at timestamptz NOT NULL DEFAULT now(),
  minute_at timestamptz,
  last_attempt_at timestamptz,
  last_success_at timestamptz,
  duration_sum_ms double precision NOT NULL DEFAULT 0,
  total integer NOT NULL DEFAULT 0,
  succeeded integer NOT NULL DEFAULT 0,
  failed integer NOT NULL DEFAULT 0,
  canceled integer NOT NULL DEFAULT 0,
  skipped integer NOT NULL DEFAULT 0,
  retried integer NOT NULL DEFAULT 0,
  event text NOT NULL,
  bins smallint[],
  due integer NOT NULL DEFAULT 0,
  delivered integer NOT NULL DEFAULT 0,
  slot_at timestamptz
) WITH (autovacuum_vacuum_scale_factor=0, autovacuum_vacuum_threshold=5000, autovacuum_vacuum_insert_threshold=-1, autovacuum_analyze_threshold=50000);

CREATE TABLE deliveries (
  delivery_id uuid NOT NULL,
  callback_id uuid NOT NULL,
  event_id uuid NOT NULL,
  webhook_id uuid NOT NULL,
  app_id uuid NOT NULL,
  event text NOT NULL,
  kind text NOT NULL,
  status text NOT NULL,
  attempts smallint NOT NULL DEFAULT 0,
  max_attempts smallint NOT NULL,
  response_status smallint,
  error_class text,
  duration_ms real,
  created_at timestamptz NOT NULL,
  completed_at timestamptz NOT NULL,
  original_delivery_id uuid,
  recovery_id uuid,
  cancel_reason text,
  decision text,
  decided_by text,
  CONSTRAINT deliveries_pkey PRIMARY KEY (delivery_id),
  CONSTRAINT deliveries_decision_check CHECK ((decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL) = (kind <> 'before')),
  CONSTRAINT deliveries_status_check CHECK (status = ANY (ARRAY['success', 'failed', 'canceled', 'skipped']))
) PARTITION BY RANGE (delivery_id);
CREATE TABLE deliveries_default PARTITION OF deliveries DEFAULT;
CREATE INDEX deliveries_error_idx ON ONLY deliveries (webhook_id, error_class, delivery_id DESC NULLS LAST) WHERE error_class IS NOT NULL;
CREATE INDEX deliveries_event_idx ON ONLY deliveries (event_id);
CREATE INDEX deliveries_kind_idx ON ONLY deliveries (webhook_id, kind, delivery_id DESC NULLS LAST) WHERE kind <> 'event';
CREATE INDEX deliveries_name_idx ON ONLY deliveries (webhook_id, event, delivery_id DESC NULLS LAST);
CREATE INDEX deliveries_response_idx ON ONLY deliveries (webhook_id, response_status, delivery_id DESC NULLS LAST) WHERE response_status <> 200 OR status <> 'success';
CREATE INDEX deliveries_status_idx ON ONLY deliveries (webhook_id, status, delivery_id DESC NULLS LAST) WHERE status <> 'success';
CREATE INDEX deliveries_webhook_idx ON ONLY deliveries (webhook_id, delivery_id DESC NULLS LAST);

CREATE TABLE delivery_counts (
  webhook_id uuid NOT NULL,
  bucket_at timestamptz NOT NULL,
  grain_minutes smallint NOT NULL,
  event text NOT NULL,
  total integer NOT NULL,
  succeeded integer NOT NULL,
  failed integer NOT NULL,
  canceled integer NOT NULL,
  skipped integer NOT NULL,
  duration_sum_ms double precision NOT NULL,
  bins smallint[] NOT NULL,
  bin_counts integer[] NOT NULL,
  retried integer NOT NULL DEFAULT 0,
  due integer NOT NULL DEFAULT 0,
  delivered integer NOT NULL DEFAULT 0,
  CONSTRAINT delivery_counts_pkey PRIMARY KEY (webhook_id, grain_minutes, bucket_at, event),
  CONSTRAINT delivery_counts_grain_minutes_check CHECK (grain_minutes = ANY (ARRAY[15, 60, 240, 1440]))
) WITH (fillfactor=80);
CREATE INDEX delivery_counts_age_idx ON delivery_counts (bucket_at);

CREATE TABLE event_keys (
  app_id uuid NOT NULL,
  key text NOT NULL,
  event_id uuid NOT NULL,
  content_hash bytea NOT NULL,
  delivery_count integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT event_keys_pkey PRIMARY KEY (app_id, key)
);
CREATE INDEX event_keys_age_idx ON event_keys (created_at);

CREATE TABLE event_type_versions (
  tenant_id uuid NOT NULL,
  name text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  schema text NOT NULL,
  example text NOT NULL,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  CONSTRAINT event_type_versions_pkey PRIMARY KEY (tenant_id, name, version),
  CONSTRAINT event_type_versions_tenant_id_name_fkey FOREIGN KEY (tenant_id, name) REFERENCES event_types(tenant_id, name)
);

CREATE TABLE event_types (
  tenant_id uuid NOT NULL,
  name text COLLATE "C" NOT NULL,
  description_zh text NOT NULL,
  description_en text NOT NULL,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  updated_at timestamptz NOT NULL,
  updated_by text NOT NULL,
  deleted_at timestamptz,
  external_id text,
  CONSTRAINT event_types_pkey PRIMARY KEY (tenant_id, name),
  CONSTRAINT event_types_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id),
  CONSTRAINT event_types_version_check CHECK (version > 0)
);
CREATE UNIQUE INDEX event_types_external_id_key ON event_types (tenant_id, external_id) WHERE external_id IS NOT NULL AND deleted_at IS NULL;
CREATE CONSTRAINT TRIGGER event_types_change AFTER INSERT OR DELETE OR UPDATE ON event_types DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION move_config_version();

CREATE TABLE event_users (
  app_id uuid NOT NULL,
  user_id text COLLATE "C" NOT NULL,
  event_id uuid NOT NULL
) PARTITION BY RANGE (event_id);
CREATE TABLE event_users_default PARTITION OF event_users DEFAULT;
CREATE UNIQUE INDEX event_users_key ON ONLY event_users (app_id, user_id, event_id DESC NULLS LAST);

CREATE TABLE events (
  event_id uuid NOT NULL,
  app_id uuid NOT NULL,
  event text NOT NULL,
  occurred_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  conversation_id text,
  message_id text,
  payload text NOT NULL,
  received_from text,
  CONSTRAINT events_pkey PRIMARY KEY (event_id)
) PARTITION BY RANGE (event_id);
CREATE TABLE events_default PARTITION OF events DEFAULT;
CREATE INDEX events_app_idx ON ONLY events (app_id, event_id DESC NULLS LAST);
CREATE INDEX events_conversation_idx ON ONLY events (app_id, conversation_id, event_id DESC NULLS LAST) WHERE conversation_id IS NOT NULL;
CREATE INDEX events_message_idx ON ONLY events (app_id, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX events_name_idx ON ONLY events (app_id, event, event_id DESC NULLS LAST) WHERE event <> ALL (ARRAY['message.sent', 'message.read']);
CREATE INDEX events_source_idx ON ONLY events ((
CASE
    WHEN received_from ~~ 'source:%' THEN substr(received_from, 8)::uuid
    ELSE NULL::uuid
END), event_id DESC NULLS LAST) WHERE
CASE
    WHEN received_from ~~ 'source:%' THEN substr(received_from, 8)::uuid
    ELSE NULL::uuid
END IS NOT NULL;

CREATE TABLE idempotent_requests (
  request_id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  key_hash bytea NOT NULL,
  content_ciphertext bytea NOT NULL,
  is_answered boolean NOT NULL,
  created_at timestamptz NOT NULL,
  CONSTRAINT idempotent_requests_pkey PRIMARY KEY (request_id),
  CONSTRAINT idempotent_requests_key_hash_key UNIQUE (key_hash),
  CONSTRAINT idempotent_requests_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id)
);
CREATE INDEX idempotent_requests_created_at_idx ON idempotent_requests (created_at);
CREATE INDEX idempotent_requests_tenant_idx ON idempotent_requests (tenant_id);

CREATE TABLE login_throttles (
  throttle_key text NOT NULL,
  failures integer NOT NULL,
  blocked_until timestamptz,
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT login_throttles_pkey PRIMARY KEY (throttle_key)
);

CREATE TABLE migrations (
  id integer NOT NULL DEFAULT nextval('migrations_id_seq'::regclass),
  timestamp bigint NOT NULL,
  name character varying NOT NULL,
  CONSTRAINT PK_8c82d7f526340ab734260ea46be PRIMARY KEY (id)
);

CREATE TABLE notification_channels (
  channel_id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  is_enabled boolean NOT NULL,
  language text NOT NULL,
  min_severity text NOT NULL,
  app_ids uuid[] NOT NULL,
  rules text[] NOT NULL,
  email jsonb,
  masked_url text,
  url_ciphertext bytea,
  secret_ciphertext bytea,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  tested_at timestamptz,
  CONSTRAINT notification_channels_pkey PRIMARY KEY (channel_id),
  CONSTRAINT notification_channels_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id),
  CONSTRAINT notification_channels_kind_check CHECK (kind = ANY (ARRAY['email', 'webhook', 'dingtalk', 'feishu', 'wecom', 'slack'])),
  CONSTRAINT notification_channels_language_check CHECK (language = ANY (ARRAY['zh', 'en'])),
  CONSTRAINT notification_channels_min_severity_check CHECK (min_severity = ANY (ARRAY['warning', 'critical'])),
  CONSTRAINT notification_channels_target_check CHECK ((kind = 'email') = (email IS NOT NULL) AND (kind = 'email') = (url_ciphertext IS NULL))
);
CREATE INDEX notification_channels_tenant_idx ON notification_channels (tenant_id, channel_id DESC);

CREATE TABLE notification_lanes (
  channel_id uuid NOT NULL,
  lease_id uuid,
  leased_until timestamptz NOT NULL DEFAULT '-infinity'::timestamptz,
  rests_until timestamptz NOT NULL DEFAULT '-infinity'::timestamptz,
  message_times timestamptz[] NOT NULL DEFAULT '{}'::timestamptz[],
  CONSTRAINT notification_lanes_pkey PRIMARY KEY (channel_id),
  CONSTRAINT notification_lanes_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES notification_channels(channel_id) ON DELETE CASCADE
);

CREATE TABLE notifications (
  notification_id uuid NOT NULL,
  channel_id uuid NOT NULL,
  notice_id uuid NOT NULL,
  app_id uuid NOT NULL,
  kind text NOT NULL,
  severity text NOT NULL,
  content jsonb NOT NULL,
  status text NOT NULL DEFAULT 'pending',
  attempts smallint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL,
  next_attempt_at timestamptz,
  last_attempt_at timestamptz,
  completed_at timestamptz,
  duration_ms real,
  response_status smallint,
  response_body text,
  error_message text,
  CONSTRAINT notifications_pkey PRIMARY KEY (notification_id),
  CONSTRAINT notifications_once_key UNIQUE (channel_id, notice_id),
  CONSTRAINT notifications_app_id_fkey FOREIGN KEY (app_id) REFERENCES apps(app_id),
  CONSTRAINT notifications_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES notification_channels(channel_id) ON DELETE CASCADE,
  CONSTRAINT notifications_kind_check CHECK (kind = ANY (ARRAY['opened', 'escalated', 'resolved', 'reminder', 'summary'])),
  CONSTRAINT notifications_pending_is_due_check CHECK ((status = 'pending') = (next_attempt_at IS NOT NULL)),
  CONSTRAINT notifications_severity_check CHECK (severity = ANY (ARRAY['warning', 'critical'])),
  CONSTRAINT notifications_status_check CHECK (status = ANY (ARRAY['pending', 'sent', 'failed', 'canceled']))
);
CREATE INDEX notifications_age_idx ON notifications (created_at);
CREATE INDEX notifications_due_idx ON notifications (channel_id, next_attempt_at) WHERE status = 'pending';
CREATE INDEX notifications_log_idx ON notifications (channel_id, notification_id DESC);

CREATE TABLE pending_deliveries (
  delivery_id uuid NOT NULL,
  callback_id uuid NOT NULL,
  event_id uuid NOT NULL,
  webhook_id uuid NOT NULL,
  app_id uuid NOT NULL,
  event text NOT NULL,
  kind text NOT NULL,
  attempts smallint NOT NULL DEFAULT 0,
  max_attempts smallint NOT NULL,
  next_attempt_at timestamptz NOT NULL,
  claimable_at timestamptz NOT NULL,
  claim_number integer NOT NULL DEFAULT 0,
  conversation_id text,
  accepted_seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  response_status smallint,
  error_class text,
  duration_ms real,
  created_at timestamptz NOT NULL,
  original_delivery_id uuid,
  recovery_id uuid,
  passes_holds boolean NOT NULL DEFAULT false,
  splits smallint NOT NULL DEFAULT 0,
  CONSTRAINT pending_deliveries_pkey PRIMARY KEY (delivery_id)
) WITH (autovacuum_vacuum_scale_factor=0.02, autovacuum_vacuum_threshold=5000, autovacuum_vacuum_insert_threshold=-1, autovacuum_analyze_scale_factor=0.2);
CREATE INDEX pending_deliveries_claim_idx ON pending_deliveries (webhook_id, claimable_at) WHERE conversation_id IS NULL AND recovery_id IS NULL;
CREATE INDEX pending_deliveries_event_idx ON pending_deliveries (event_id);
CREATE INDEX pending_deliveries_order_idx ON pending_deliveries (webhook_id, conversation_id, accepted_seq) WHERE conversation_id IS NOT NULL AND recovery_id IS NULL;
CREATE INDEX pending_deliveries_passing_idx ON pending_deliveries (webhook_id, claimable_at) WHERE passes_holds;
CREATE INDEX pending_deliveries_recovery_idx ON pending_deliveries (recovery_id, claimable_at) WHERE recovery_id IS NOT NULL;
CREATE INDEX pending_deliveries_recovery_order_idx ON pending_deliveries (webhook_id, conversation_id, accepted_seq) WHERE recovery_id IS NOT NULL AND conversation_id IS NOT NULL;
CREATE INDEX pending_deliveries_tried_idx ON pending_deliveries (webhook_id, delivery_id DESC NULLS LAST) WHERE attempts > 0 OR recovery_id IS NOT NULL;
CREATE INDEX pending_deliveries_webhook_idx ON pending_deliveries (webhook_id, delivery_id DESC NULLS LAST);

CREATE TABLE portal_links (
  link_id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  app_id uuid NOT NULL,
  name text NOT NULL,
  token_hash bytea NOT NULL,
  webhook_ids uuid[],
  permissions text[] NOT NULL,
  allowed_origins text[] NOT NULL,
  expires_at timestamptz NOT NULL,
  last_used_at timestamptz,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  CONSTRAINT portal_links_pkey PRIMARY KEY (link_id),
  CONSTRAINT portal_links_token_hash_key UNIQUE (token_hash),
  CONSTRAINT portal_links_app_id_fkey FOREIGN KEY (app_id) REFERENCES apps(app_id),
  CONSTRAINT portal_links_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id)
);
CREATE INDEX portal_links_app_idx ON portal_links (app_id, link_id DESC);
CREATE INDEX portal_links_expiry_idx ON portal_links (expires_at);
CREATE CONSTRAINT TRIGGER portal_links_change AFTER DELETE ON portal_links DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION move_config_version();

CREATE TABLE recent_counts (
  webhook_id uuid NOT NULL,
  slot_at timestamptz NOT NULL,
  event text NOT NULL,
  due integer NOT NULL,
  delivered integer NOT NULL,
  CONSTRAINT recent_counts_pkey PRIMARY KEY (webhook_id, slot_at, event)
) WITH (fillfactor=80);
CREATE INDEX recent_counts_age_idx ON recent_counts (slot_at);

CREATE TABLE recoveries (
  recovery_id uuid NOT NULL,
  webhook_id uuid NOT NULL,
  app_id uuid NOT NULL,
  status_filter text NOT NULL,
  events text[] NOT NULL,
  from_at timestamptz NOT NULL,
  to_at timestamptz NOT NULL,
  rate_per_second integer NOT NULL,
  state text NOT NULL,
  reason text,
  waiting_for text,
  cursor_id uuid NOT NULL,
  end_id uuid NOT NULL,
  is_scanned boolean NOT NULL DEFAULT false,
  total bigint,
  scheduled bigint NOT NULL DEFAULT 0,
  already_delivered bigint NOT NULL DEFAULT 0,
  already_pending bigint NOT NULL DEFAULT 0,
  already_repeated bigint NOT NULL DEFAULT 0,
  payload_expired bigint NOT NULL DEFAULT 0,
  succeeded bigint NOT NULL DEFAULT 0,
  failed bigint NOT NULL DEFAULT 0,
  canceled bigint NOT NULL DEFAULT 0,
  paced_at timestamptz NOT NULL DEFAULT now(),
  stepped_at timestamptz NOT NULL DEFAULT now(),
  worked_ms bigint NOT NULL DEFAULT 0,
  claimable_at timestamptz NOT NULL DEFAULT now(),
  claim_number integer NOT NULL DEFAULT 0,
  is_settled boolean NOT NULL DEFAULT false,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  finished_at timestamptz,
  CONSTRAINT recoveries_pkey PRIMARY KEY (recovery_id),
  CONSTRAINT recoveries_app_id_fkey FOREIGN KEY (app_id) REFERENCES apps(app_id),
  CONSTRAINT recoveries_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES webhook_configs(webhook_id),
  CONSTRAINT recoveries_rate_per_second_check CHECK (rate_per_second > 0),
  CONSTRAINT recoveries_state_check CHECK (state = ANY (ARRAY['running', 'paused', 'completed', 'canceled', 'failed'])),
  CONSTRAINT recoveries_status_filter_check CHECK (status_filter = ANY (ARRAY['failed', 'skipped', 'missing']))
);
CREATE INDEX recoveries_age_idx ON recoveries (finished_at) WHERE is_settled;
CREATE INDEX recoveries_running_idx ON recoveries (webhook_id, recovery_id) WHERE state = 'running';
CREATE INDEX recoveries_unsettled_idx ON recoveries (claimable_at) WHERE NOT is_settled;
CREATE INDEX recoveries_webhook_idx ON recoveries (webhook_id, recovery_id DESC);

CREATE TABLE recovery_codes (
  user_id uuid NOT NULL,
  code_hash bytea NOT NULL,
  used_at timestamptz,
  CONSTRAINT recovery_codes_pkey PRIMARY KEY (user_id, code_hash),
  CONSTRAINT recovery_codes_user_id_fkey FOREIGN KEY (user_id) REFERENCES second_factors(user_id) ON DELETE CASCADE
);

CREATE TABLE recovery_tallies (
  recovery_id uuid NOT NULL,
  succeeded integer NOT NULL,
  failed integer NOT NULL,
  canceled integer NOT NULL
);
CREATE INDEX recovery_tallies_idx ON recovery_tallies (recovery_id);

CREATE TABLE sealing_keys (
  mark bytea NOT NULL,
  check_value bytea NOT NULL,
  first_used_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT sealing_keys_pkey PRIMARY KEY (mark)
);

CREATE TABLE second_factors (
  user_id uuid NOT NULL,
  secret_ciphertext bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  confirmed_at timestamptz,
  last_used_step bigint,
  CONSTRAINT second_factors_pkey PRIMARY KEY (user_id),
  CONSTRAINT second_factors_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(user_id) ON DELETE CASCADE
);

CREATE TABLE sessions (
  session_hash bytea NOT NULL,
  user_id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  ip_address text,
  user_agent text,
  session_id uuid NOT NULL DEFAULT gen_random_uuid(),
  method text NOT NULL DEFAULT 'password',
  CONSTRAINT sessions_pkey PRIMARY KEY (session_hash),
  CONSTRAINT sessions_session_id_key UNIQUE (session_id),
  CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(user_id) ON DELETE CASCADE,
  CONSTRAINT sessions_method_check CHECK (method = ANY (ARRAY['password', 'oidc']))
);
CREATE INDEX sessions_expiry_idx ON sessions (expires_at);
CREATE INDEX sessions_user_idx ON sessions (user_id);

CREATE TABLE source_counts (
  source_id uuid NOT NULL,
  minute_at timestamptz NOT NULL,
  accepted integer NOT NULL,
  rejected integer NOT NULL,
  not_understood integer NOT NULL,
  failed integer NOT NULL,
  CONSTRAINT source_counts_pkey PRIMARY KEY (source_id, minute_at),
  CONSTRAINT source_counts_source_id_fkey FOREIGN KEY (source_id) REFERENCES sources(source_id)
);
CREATE INDEX source_counts_age_idx ON source_counts (minute_at);
CREATE INDEX source_counts_not_accepted_idx ON source_counts (minute_at) WHERE (rejected + not_understood + failed) > 0;

CREATE TABLE source_messages (
  message_id uuid NOT NULL,
  source_id uuid NOT NULL,
  state text NOT NULL,
  origin text NOT NULL,
  delivery_id uuid,
  dialog_id text NOT NULL,
  fields text NOT NULL,
  attempts smallint NOT NULL,
  next_attempt_at timestamptz,
  response_status smallint,
  error text,
  created_at timestamptz NOT NULL,
  completed_at timestamptz,
  CONSTRAINT source_messages_pkey PRIMARY KEY (message_id),
  CONSTRAINT source_messages_source_id_fkey FOREIGN KEY (source_id) REFERENCES sources(source_id),
  CONSTRAINT source_messages_origin_check CHECK (origin = ANY (ARRAY['reply', 'api'])),
  CONSTRAINT source_messages_state_check CHECK (state = ANY (ARRAY['waiting', 'sent', 'failed'])),
  CONSTRAINT source_messages_waiting_is_due_check CHECK ((state = 'waiting') = (next_attempt_at IS NOT NULL))
);
CREATE UNIQUE INDEX source_messages_delivery_key ON source_messages (delivery_id) WHERE delivery_id IS NOT NULL;
CREATE INDEX source_messages_due_idx ON source_messages (next_attempt_at) WHERE state = 'waiting';
CREATE INDEX source_messages_source_idx ON source_messages (source_id, message_id DESC);

CREATE TABLE source_requests (
  request_id uuid NOT NULL,
  source_id uuid NOT NULL,
  received_at timestamptz NOT NULL,
  method text NOT NULL,
  path text NOT NULL,
  remote_address text NOT NULL,
  headers text NOT NULL,
  body bytea NOT NULL,
  body_bytes integer NOT NULL,
  outcome text NOT NULL,
  command text,
  detail text NOT NULL,
  event_ids uuid[] NOT NULL,
  answer_status smallint NOT NULL,
  answer_body text NOT NULL,
  duration_ms real NOT NULL,
  CONSTRAINT source_requests_pkey PRIMARY KEY (request_id),
  CONSTRAINT source_requests_source_id_fkey FOREIGN KEY (source_id) REFERENCES sources(source_id)
);
CREATE INDEX source_requests_source_idx ON source_requests (source_id, request_id DESC);

CREATE TABLE sources (
  source_id uuid NOT NULL,
  app_id uuid NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  is_enabled boolean NOT NULL,
  settings jsonb NOT NULL,
  settings_ciphertext bytea,
  allowed_cidrs text[] NOT NULL,
  external_id text,
  secret_ciphertext bytea NOT NULL,
  next_secret_ciphertext bytea,
  previous_secret_ciphertext bytea,
  secret_staged_at timestamptz,
  previous_secret_expires_at timestamptz,
  token_hash bytea NOT NULL,
  next_token_hash bytea,
  previous_token_hash bytea,
  last_received_at timestamptz,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  deleted_at timestamptz,
  resumed_at timestamptz,
  CONSTRAINT sources_pkey PRIMARY KEY (source_id),
  CONSTRAINT sources_next_token_hash_key UNIQUE (next_token_hash),
  CONSTRAINT sources_previous_token_hash_key UNIQUE (previous_token_hash),
  CONSTRAINT sources_token_hash_key UNIQUE (token_hash),
  CONSTRAINT sources_app_id_fkey FOREIGN KEY (app_id) REFERENCES apps(app_id),
  CONSTRAINT sources_kind_check CHECK (kind = ANY (ARRAY['openim', 'wukongim', 'dootask', 'tencent-im'])),
  CONSTRAINT sources_previous_token_check CHECK ((previous_secret_ciphertext IS NULL) = (previous_secret_expires_at IS NULL) AND (previous_secret_ciphertext IS NULL) = (previous_token_hash IS NULL)),
  CONSTRAINT sources_staged_token_check CHECK ((next_secret_ciphertext IS NULL) = (secret_staged_at IS NULL) AND (next_secret_ciphertext IS NULL) = (next_token_hash IS NULL))
);
CREATE INDEX sources_app_idx ON sources (app_id, source_id DESC) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX sources_external_id_key ON sources (app_id, external_id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX sources_grpc_authority_key ON sources ((settings ->> 'grpcAuthority')) WHERE deleted_at IS NULL;
CREATE CONSTRAINT TRIGGER sources_change AFTER INSERT OR UPDATE OF is_enabled, settings, settings_ciphertext, allowed_cidrs, token_hash, next_token_hash, previous_token_hash, deleted_at, name ON sources DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION move_config_version();

CREATE TABLE tenants (
  tenant_id uuid NOT NULL,
  name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  requires_second_factor boolean NOT NULL DEFAULT false,
  suspended_at timestamptz,
  CONSTRAINT tenants_pkey PRIMARY KEY (tenant_id)
);
CREATE CONSTRAINT TRIGGER tenants_suspension AFTER UPDATE OF suspended_at ON tenants DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (old.suspended_at IS DISTINCT FROM new.suspended_at) EXECUTE FUNCTION move_config_version();

CREATE TABLE test_receiver_requests (
  app_id uuid NOT NULL,
  slot smallint NOT NULL,
  request_id uuid NOT NULL,
  received_at timestamptz NOT NULL,
  method text NOT NULL,
  headers text NOT NULL,
  body bytea NOT NULL,
  body_bytes integer NOT NULL,
  signature_scheme text NOT NULL,
  signature_fault text,
  webhook_id uuid,
  is_from_outside boolean NOT NULL,
  answer_status smallint,
  CONSTRAINT test_receiver_requests_pkey PRIMARY KEY (app_id, slot),
  CONSTRAINT test_receiver_requests_app_id_fkey FOREIGN KEY (app_id) REFERENCES test_receivers(app_id) ON DELETE CASCADE
);

CREATE TABLE test_receivers (
  app_id uuid NOT NULL,
  url_ciphertext bytea NOT NULL,
  url_hash bytea NOT NULL,
  token_hash bytea NOT NULL,
  mode text NOT NULL,
  request_count bigint NOT NULL DEFAULT 0,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  CONSTRAINT test_receivers_pkey PRIMARY KEY (app_id),
  CONSTRAINT test_receivers_token_hash_key UNIQUE (token_hash),
  CONSTRAINT test_receivers_app_id_fkey FOREIGN KEY (app_id) REFERENCES apps(app_id),
  CONSTRAINT test_receivers_mode_check CHECK (mode = ANY (ARRAY['ok', 'fail', 'hang', 'refuse']))
);

CREATE UNLOGGED TABLE tunnel_requests (
  request_id uuid NOT NULL,
  tunnel_id uuid NOT NULL,
  headers text NOT NULL,
  body bytea NOT NULL,
  timeout_ms integer NOT NULL,
  expires_at timestamptz NOT NULL,
  stream_id uuid,
  answered_at timestamptz,
  answer_status smallint,
  answer_headers text,
  answer_body bytea,
  CONSTRAINT tunnel_requests_pkey PRIMARY KEY (request_id),
  CONSTRAINT tunnel_requests_tunnel_id_fkey FOREIGN KEY (tunnel_id) REFERENCES tunnels(tunnel_id) ON DELETE CASCADE
);
CREATE INDEX tunnel_requests_tunnel_idx ON tunnel_requests (tunnel_id, request_id);

CREATE TABLE tunnels (
  tunnel_id uuid NOT NULL,
  app_id uuid NOT NULL,
  webhook_id uuid NOT NULL,
  stream_id uuid,
  connected_until timestamptz NOT NULL,
  has_missed boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL,
  CONSTRAINT tunnels_pkey PRIMARY KEY (tunnel_id),
  CONSTRAINT tunnels_app_id_fkey FOREIGN KEY (app_id) REFERENCES apps(app_id)
);
CREATE INDEX tunnels_app_idx ON tunnels (app_id);

CREATE TABLE used_nonces (
  app_id uuid NOT NULL,
  nonce text NOT NULL,
  expires_at timestamptz NOT NULL,
  CONSTRAINT used_nonces_pkey PRIMARY KEY (app_id, nonce),
  CONSTRAINT used_nonces_app_id_fkey FOREIGN KEY (app_id) REFERENCES apps(app_id)
);
CREATE INDEX used_nonces_expiry_idx ON used_nonces (expires_at);

CREATE TABLE users (
  user_id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  email text NOT NULL,
  name text NOT NULL,
  password_hash text NOT NULL,
  role text NOT NULL,
  is_disabled boolean NOT NULL DEFAULT false,
  last_login_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  is_operator boolean NOT NULL DEFAULT false,
  must_change_password boolean NOT NULL DEFAULT false,
  CONSTRAINT users_pkey PRIMARY KEY (user_id),
  CONSTRAINT users_email_key UNIQUE (email),
  CONSTRAINT users_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id),
  CONSTRAINT users_role_check CHECK (role = ANY (ARRAY['admin', 'developer', 'support']))
);
CREATE INDEX users_tenant_idx ON users (tenant_id);

CREATE TABLE webhook_configs (
  webhook_id uuid NOT NULL,
  app_id uuid NOT NULL,
  name text NOT NULL,
  description text NOT NULL DEFAULT '',
  url text NOT NULL,
  is_enabled boolean NOT NULL,
  disabled_reason text,
  events text[] NOT NULL,
  headers jsonb NOT NULL,
  timeout_ms integer NOT NULL,
  retry_policy jsonb NOT NULL,
  secret_ciphertext bytea,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz,
  next_secret_ciphertext bytea,
  secret_staged_at timestamptz,
  previous_secret_ciphertext bytea,
  previous_secret_expires_at timestamptz,
  ordering text NOT NULL DEFAULT 'none',
  batch jsonb,
  format text NOT NULL DEFAULT 'im',
  signature_scheme text NOT NULL DEFAULT 'x-app',
  rate_limit_per_second integer NOT NULL DEFAULT 0,
  revision integer NOT NULL DEFAULT 1,
  paused_since timestamptz,
  paused_by text,
  masked_url text,
  sealed_settings bytea,
  client_certificate_ciphertext bytea,
  client_certificate_subject text,
  client_certificate_expires_at timestamptz,
  before jsonb,
  signature_prefix text NOT NULL DEFAULT 'X-App',
  external_id text,
  CONSTRAINT webhook_configs_pkey PRIMARY KEY (webhook_id),
  CONSTRAINT webhook_configs_app_id_fkey FOREIGN KEY (app_id) REFERENCES apps(app_id),
  CONSTRAINT webhook_configs_batch_check CHECK (batch IS NULL OR COALESCE(((batch ->> 'maxEvents')::integer) >= 2 AND ((batch ->> 'maxEvents')::integer) <= 100 AND ((batch ->> 'maxWaitMs')::integer) >= 10 AND ((batch ->> 'maxWaitMs')::integer) <= 60000, false)),
  CONSTRAINT webhook_configs_before_check CHECK (before IS NULL OR COALESCE(((before ->> 'deadlineMs')::integer) >= 100 AND ((before ->> 'deadlineMs')::integer) <= 4000 AND ((before ->> 'onFailure') = ANY (ARRAY['allow', 'deny'])), false)),
  CONSTRAINT webhook_configs_client_certificate CHECK ((client_certificate_ciphertext IS NULL) = (client_certificate_subject IS NULL) AND (client_certificate_ciphertext IS NULL) = (client_certificate_expires_at IS NULL)),
  CONSTRAINT webhook_configs_format_check CHECK (format = ANY (ARRAY['im', 'standard-webhooks', 'cloudevents', 'raw', 'flat'])),
  CONSTRAINT webhook_configs_ordering_check CHECK (ordering = ANY (ARRAY['none', 'conversation'])),
  CONSTRAINT webhook_configs_pause_check CHECK ((paused_since IS NULL) = (paused_by IS NULL)),
  CONSTRAINT webhook_configs_previous_secret_check CHECK ((previous_secret_ciphertext IS NULL) = (previous_secret_expires_at IS NULL)),
  CONSTRAINT webhook_configs_rate_limit_check CHECK (rate_limit_per_second >= 0 AND rate_limit_per_second <= 10000),
  CONSTRAINT webhook_configs_raw_alone_check CHECK (format <> 'raw' OR batch IS NULL),
  CONSTRAINT webhook_configs_revision_check CHECK (revision > 0),
  CONSTRAINT webhook_configs_signature_prefix_check CHECK (signature_prefix ~ '^[A-Za-z][A-Za-z0-9-]{0,30}$'),
  CONSTRAINT webhook_configs_signature_scheme_check CHECK (signature_scheme = ANY (ARRAY['x-app', 'standard-webhooks', 'body-hmac'])),
  CONSTRAINT webhook_configs_staged_secret_check CHECK ((next_secret_ciphertext IS NULL) = (secret_staged_at IS NULL))
);
CREATE INDEX webhook_configs_app_idx ON webhook_configs (app_id) WHERE deleted_at IS NULL;
CREATE INDEX webhook_configs_clear_idx ON webhook_configs (webhook_id) WHERE masked_url IS NULL;
CREATE UNIQUE INDEX webhook_configs_external_id_key ON webhook_configs (app_id, external_id) WHERE external_id IS NOT NULL AND deleted_at IS NULL;
CREATE CONSTRAINT TRIGGER webhook_configs_change AFTER INSERT OR DELETE OR UPDATE ON webhook_configs DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION move_config_version();

CREATE TABLE webhook_health (
  webhook_id uuid NOT NULL,
  consecutive_failures integer NOT NULL DEFAULT 0,
  failing_since timestamptz,
  exhausted_since_success integer NOT NULL DEFAULT 0,
  exhausted_total bigint NOT NULL DEFAULT 0,
  last_failed_delivery_id uuid,
  last_exhausted_delivery_id uuid,
  last_error_class text,
  last_response_status smallint,
  version bigint NOT NULL DEFAULT 0,
  evaluated_version bigint NOT NULL DEFAULT 0,
  evaluated_exhausted_total bigint NOT NULL DEFAULT 0,
  paused_at timestamptz,
  probe_at timestamptz,
  probes smallint NOT NULL DEFAULT 0,
  resumed_at timestamptz,
  checked_up_at timestamptz,
  unopenable_since timestamptz,
  CONSTRAINT webhook_health_pkey PRIMARY KEY (webhook_id),
  CONSTRAINT webhook_health_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES webhook_configs(webhook_id),
  CONSTRAINT webhook_health_paused_check CHECK ((paused_at IS NULL) = (probe_at IS NULL))
);
CREATE INDEX webhook_health_due_idx ON webhook_health (webhook_id) WHERE version <> evaluated_version;
CREATE INDEX webhook_health_unopenable_idx ON webhook_health (webhook_id) WHERE unopenable_since IS NOT NULL;
CREATE CONSTRAINT TRIGGER webhook_health_pause AFTER UPDATE OF paused_at, resumed_at ON webhook_health DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (old.paused_at IS DISTINCT FROM new.paused_at OR old.resumed_at IS DISTINCT FROM new.resumed_at) EXECUTE FUNCTION move_config_version();
CREATE CONSTRAINT TRIGGER webhook_health_unopenable AFTER UPDATE OF unopenable_since ON webhook_health DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (old.unopenable_since IS DISTINCT FROM new.unopenable_since) EXECUTE FUNCTION move_config_version();

CREATE TABLE webhook_revisions (
  webhook_id uuid NOT NULL,
  revision integer NOT NULL,
  revised_at timestamptz NOT NULL,
  revised_by text NOT NULL,
  kind text NOT NULL,
  changes jsonb NOT NULL,
  settings jsonb NOT NULL,
  sealed_settings bytea,
  sealed_changes bytea,
  CONSTRAINT webhook_revisions_pkey PRIMARY KEY (webhook_id, revision),
  CONSTRAINT webhook_revisions_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES webhook_configs(webhook_id),
  CONSTRAINT webhook_revisions_kind_check CHECK (kind = ANY (ARRAY['created', 'updated', 'deleted', 'found'])),
  CONSTRAINT webhook_revisions_revision_check CHECK (revision > 0)
);
CREATE INDEX webhook_revisions_time_idx ON webhook_revisions (webhook_id, revised_at DESC, revision DESC);

CREATE TABLE webhook_totals (
  webhook_id uuid NOT NULL,
  total bigint NOT NULL,
  succeeded bigint NOT NULL,
  failed bigint NOT NULL,
  canceled bigint NOT NULL,
  last_attempt_at timestamptz,
  last_success_at timestamptz,
  skipped bigint NOT NULL DEFAULT 0,
  retried bigint NOT NULL DEFAULT 0,
  due bigint NOT NULL DEFAULT 0,
  delivered bigint NOT NULL DEFAULT 0,
  CONSTRAINT webhook_stats_total_pkey PRIMARY KEY (webhook_id)
);

CREATE VIEW delivery_log AS
 SELECT pending_deliveries.delivery_id,
    pending_deliveries.callback_id,
    pending_deliveries.event_id,
    pending_deliveries.webhook_id,
    pending_deliveries.app_id,
    pending_deliveries.event,
    pending_deliveries.kind,
    'pending' AS status,
    pending_deliveries.attempts,
    pending_deliveries.max_attempts,
    pending_deliveries.next_attempt_at,
    pending_deliveries.response_status,
    pending_deliveries.error_class,
    pending_deliveries.duration_ms,
    pending_deliveries.created_at,
    NULL::timestamptz AS completed_at,
    pending_deliveries.original_delivery_id,
    pending_deliveries.recovery_id,
    pending_deliveries.passes_holds,
    NULL::text AS cancel_reason,
    NULL::text AS decision,
    NULL::text AS decided_by
   FROM pending_deliveries
UNION ALL
 SELECT deliveries.delivery_id,
    deliveries.callback_id,
    deliveries.event_id,
    deliveries.webhook_id,
    deliveries.app_id,
    deliveries.event,
    deliveries.kind,
    deliveries.status,
    deliveries.attempts,
    deliveries.max_attempts,
    NULL::timestamptz AS next_attempt_at,
    deliveries.response_status,
    deliveries.error_class,
    deliveries.duration_ms,
    deliveries.created_at,
    deliveries.completed_at,
    deliveries.original_delivery_id,
    deliveries.recovery_id,
    NULL::boolean AS passes_holds,
    deliveries.cancel_reason,
    deliveries.decision,
    deliveries.decided_by
   FROM deliveries;

CREATE OR REPLACE FUNCTION duration_bin(duration_ms real)
 RETURNS smallint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT ceil(ln(least(greatest(duration_ms::float8, 0.01), 1e7)) / ln(1.02::float8 / 0.98))::smallint
  $function$;

CREATE OR REPLACE FUNCTION move_config_version()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ BEGIN UPDATE config_version SET version = version + 1; RETURN NULL; END $function$;

CREATE OR REPLACE FUNCTION quarter_of(id uuid)
 RETURNS timestamptz
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT to_timestamp(('x' || encode(substring(uuid_send(id) FROM 1 FOR 6), 'hex'))::bit(48)::bigint / 900000 * 900)
  $function$;

CREATE OR REPLACE FUNCTION recent_slot_of(id uuid)
 RETURNS timestamptz
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
    SELECT CASE WHEN id > (lpad(to_hex(floor(extract(epoch FROM now()) * 1000)::bigint - 120000), 12, '0') || repeat('0', 20))::uuid
      THEN to_timestamp(('x' || encode(substring(uuid_send(id) FROM 1 FOR 6), 'hex'))::bit(48)::bigint / 5000 * 5) END
  $function$;
