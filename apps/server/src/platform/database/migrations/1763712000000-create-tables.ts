/** The first schema. Growing tables are partitioned by day from the start; see time-partitions.ts. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const ACCESS_TABLES = `
  CREATE TABLE tenants (
    tenant_id uuid PRIMARY KEY,
    name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  );

  CREATE TABLE users (
    user_id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES tenants,
    email text NOT NULL CONSTRAINT users_email_key UNIQUE,
    name text NOT NULL,
    password_hash text NOT NULL,
    role text NOT NULL CHECK (role IN ('admin', 'developer', 'support')),
    is_disabled boolean NOT NULL DEFAULT false,
    last_login_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX users_tenant_idx ON users (tenant_id);

  CREATE TABLE sessions (
    session_hash bytea PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_seen_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    ip_address text,
    user_agent text
  );
  CREATE INDEX sessions_user_idx ON sessions (user_id);
  CREATE INDEX sessions_expiry_idx ON sessions (expires_at);

  CREATE TABLE login_throttles (
    throttle_key text PRIMARY KEY,
    failures integer NOT NULL,
    blocked_until timestamptz,
    updated_at timestamptz NOT NULL DEFAULT now()
  );

  CREATE TABLE audit_entries (
    audit_id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES tenants,
    action text NOT NULL,
    actor text NOT NULL,
    actor_id uuid,
    app_key text,
    target_id text,
    detail jsonb NOT NULL DEFAULT '{}',
    ip_address text,
    created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX audit_entries_tenant_idx ON audit_entries (tenant_id, audit_id DESC);
`;

const APP_TABLES = `
  CREATE TABLE apps (
    app_id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES tenants,
    app_key text NOT NULL CONSTRAINT apps_app_key_key UNIQUE,
    name text NOT NULL,
    package_name text NOT NULL,
    description text NOT NULL DEFAULT '',
    secret_ciphertext bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz
  );
  CREATE INDEX apps_tenant_idx ON apps (tenant_id);

  CREATE TABLE api_tokens (
    token_id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES tenants,
    app_id uuid REFERENCES apps,
    name text NOT NULL,
    prefix text NOT NULL,
    token_hash bytea NOT NULL UNIQUE,
    scopes text[] NOT NULL,
    expires_at timestamptz,
    last_used_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    created_by text NOT NULL
  );
  CREATE INDEX api_tokens_tenant_idx ON api_tokens (tenant_id);

  CREATE TABLE used_nonces (
    app_id uuid NOT NULL REFERENCES apps,
    nonce text NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (app_id, nonce)
  );
  CREATE INDEX used_nonces_expiry_idx ON used_nonces (expires_at);

  CREATE TABLE webhook_configs (
    webhook_id uuid PRIMARY KEY,
    app_id uuid NOT NULL REFERENCES apps,
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
    deleted_at timestamptz
  );
  CREATE INDEX webhook_configs_app_idx ON webhook_configs (app_id) WHERE deleted_at IS NULL;

  -- What the outcomes of attempts say about a webhook. A row changes only on failures and on recovery, so healthy
  -- traffic never waits for its lock. version moves with each change; alerts has seen the state at evaluated_version.
  CREATE TABLE webhook_health (
    webhook_id uuid PRIMARY KEY REFERENCES webhook_configs,
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
    evaluated_exhausted_total bigint NOT NULL DEFAULT 0
  );
  CREATE INDEX webhook_health_due_idx ON webhook_health (webhook_id) WHERE version <> evaluated_version;

  -- Counters by hour. Every process writes rows of its own (writer_id), so counting never makes one wait for another.
  CREATE TABLE webhook_stats_hourly (
    webhook_id uuid NOT NULL,
    bucket_at timestamptz NOT NULL,
    writer_id smallint NOT NULL,
    planned bigint NOT NULL DEFAULT 0,
    succeeded bigint NOT NULL DEFAULT 0,
    failed bigint NOT NULL DEFAULT 0,
    canceled bigint NOT NULL DEFAULT 0,
    last_attempt_at timestamptz,
    last_success_at timestamptz,
    PRIMARY KEY (webhook_id, bucket_at, writer_id)
  ) WITH (fillfactor = 70);

  CREATE TABLE alerts (
    alert_id uuid PRIMARY KEY,
    app_id uuid NOT NULL REFERENCES apps,
    webhook_id uuid REFERENCES webhook_configs,
    rule text NOT NULL,
    severity text NOT NULL CHECK (severity IN ('warning', 'critical')),
    status text NOT NULL CHECK (status IN ('open', 'acknowledged', 'resolved')),
    detail jsonb NOT NULL,
    opened_at timestamptz NOT NULL,
    escalated_at timestamptz,
    acknowledged_at timestamptz,
    acknowledged_by text,
    resolved_at timestamptz,
    resolved_by text
  );
  CREATE UNIQUE INDEX alerts_one_unresolved_key ON alerts (webhook_id, rule) WHERE status <> 'resolved';
  CREATE INDEX alerts_app_idx ON alerts (app_id, alert_id DESC);
`;

// Partition keys are UUIDv7, whose first 48 bits are the creation time in milliseconds: the id alone finds the row.
const EVENT_TABLES = `
  CREATE TABLE events (
    event_id uuid NOT NULL,
    app_id uuid NOT NULL,
    event text NOT NULL,
    occurred_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    conversation_id text,
    message_id text,
    payload text NOT NULL,
    PRIMARY KEY (event_id)
  ) PARTITION BY RANGE (event_id);
  CREATE INDEX events_app_idx ON events (app_id, event_id DESC);
  CREATE INDEX events_message_idx ON events (app_id, message_id) WHERE message_id IS NOT NULL;
  CREATE INDEX events_conversation_idx ON events (app_id, conversation_id, event_id DESC) WHERE conversation_id IS NOT NULL;

  -- Kept apart because uniqueness must hold across partitions.
  CREATE TABLE event_keys (
    app_id uuid NOT NULL,
    key text NOT NULL,
    event_id uuid NOT NULL,
    content_hash bytea NOT NULL,
    delivery_count integer NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (app_id, key)
  );
  CREATE INDEX event_keys_age_idx ON event_keys (created_at);

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
    next_attempt_at timestamptz,
    response_status smallint,
    error_class text,
    duration_ms real,
    created_at timestamptz NOT NULL,
    completed_at timestamptz,
    original_delivery_id uuid,
    PRIMARY KEY (delivery_id),
    CONSTRAINT deliveries_pending_is_due CHECK ((status = 'pending') = (next_attempt_at IS NOT NULL))
  ) PARTITION BY RANGE (delivery_id);
  CREATE INDEX deliveries_webhook_idx ON deliveries (webhook_id, delivery_id DESC);
  CREATE INDEX deliveries_app_idx ON deliveries (app_id, delivery_id DESC);
  CREATE INDEX deliveries_event_idx ON deliveries (event_id);
  CREATE INDEX deliveries_callback_idx ON deliveries (callback_id);
  CREATE INDEX deliveries_due_idx ON deliveries (next_attempt_at) WHERE status = 'pending';
  CREATE INDEX deliveries_failed_idx ON deliveries (webhook_id, delivery_id DESC) WHERE status = 'failed';

  -- An attempt lives in the partition of its delivery's day and goes with it.
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
    PRIMARY KEY (delivery_id, attempt)
  ) PARTITION BY RANGE (delivery_id);

  CREATE TABLE events_default PARTITION OF events DEFAULT;
  CREATE TABLE deliveries_default PARTITION OF deliveries DEFAULT;
  CREATE TABLE attempts_default PARTITION OF attempts DEFAULT;
`;

export class CreateTables1763712000000 implements MigrationInterface {
  name = 'CreateTables1763712000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(ACCESS_TABLES);
    await queryRunner.query(APP_TABLES);
    await queryRunner.query(EVENT_TABLES);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE attempts, deliveries, events, event_keys, alerts, webhook_stats_hourly, webhook_health,
        webhook_configs, used_nonces, api_tokens, apps, audit_entries, login_throttles, sessions, users, tenants
    `);
  }
}
