/** Sources: IM servers that send events in their own form, with their last requests, counters and bot messages. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
  CREATE TABLE sources (
    source_id uuid PRIMARY KEY,
    app_id uuid NOT NULL REFERENCES apps,
    kind text NOT NULL,
    name text NOT NULL,
    is_enabled boolean NOT NULL,
    -- Without secrets, which are sealed beside it.
    settings jsonb NOT NULL,
    settings_ciphertext bytea,
    allowed_cidrs text[] NOT NULL,
    external_id text,
    secret_ciphertext bytea NOT NULL,
    next_secret_ciphertext bytea,
    previous_secret_ciphertext bytea,
    secret_staged_at timestamptz,
    previous_secret_expires_at timestamptz,
    -- SHA-256 of the tokens, by which requests find their source.
    token_hash bytea NOT NULL CONSTRAINT sources_token_hash_key UNIQUE,
    next_token_hash bytea CONSTRAINT sources_next_token_hash_key UNIQUE,
    previous_token_hash bytea CONSTRAINT sources_previous_token_hash_key UNIQUE,
    last_received_at timestamptz,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    CONSTRAINT sources_kind_check CHECK (kind IN ('openim', 'wukongim', 'dootask', 'tencent-im')),
    CONSTRAINT sources_staged_token_check CHECK (
      (next_secret_ciphertext IS NULL) = (secret_staged_at IS NULL)
      AND (next_secret_ciphertext IS NULL) = (next_token_hash IS NULL)),
    CONSTRAINT sources_previous_token_check CHECK (
      (previous_secret_ciphertext IS NULL) = (previous_secret_expires_at IS NULL)
      AND (previous_secret_ciphertext IS NULL) = (previous_token_hash IS NULL))
  );
  CREATE INDEX sources_app_idx ON sources (app_id, source_id DESC) WHERE deleted_at IS NULL;
  CREATE UNIQUE INDEX sources_external_id_key ON sources (app_id, external_id) WHERE deleted_at IS NULL;
  -- Calls of gRPC carry no token: what they name must be one source of the installation.
  CREATE UNIQUE INDEX sources_grpc_authority_key ON sources ((settings ->> 'grpcAuthority')) WHERE deleted_at IS NULL;
  -- Every change but of the last request, which moves with the traffic.
  CREATE CONSTRAINT TRIGGER sources_change AFTER INSERT OR UPDATE OF is_enabled, settings, settings_ciphertext,
    allowed_cidrs, token_hash, next_token_hash, previous_token_hash, deleted_at, name ON sources
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION move_config_version();

  -- The last requests of each source, tokens redacted in every column.
  CREATE TABLE source_requests (
    request_id uuid PRIMARY KEY,
    source_id uuid NOT NULL REFERENCES sources,
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
    duration_ms real NOT NULL
  );
  CREATE INDEX source_requests_source_idx ON source_requests (source_id, request_id DESC);

  CREATE TABLE source_counts (
    source_id uuid NOT NULL REFERENCES sources,
    minute_at timestamptz NOT NULL,
    accepted integer NOT NULL,
    rejected integer NOT NULL,
    not_understood integer NOT NULL,
    failed integer NOT NULL,
    PRIMARY KEY (source_id, minute_at)
  );
  CREATE INDEX source_counts_age_idx ON source_counts (minute_at);

  -- Messages that are sent as a bot: answers of receivers, and those asked for by the API.
  CREATE TABLE source_messages (
    message_id uuid PRIMARY KEY,
    source_id uuid NOT NULL REFERENCES sources,
    state text NOT NULL,
    origin text NOT NULL,
    delivery_id uuid,
    dialog_id text NOT NULL,
    -- JSON of the form's fields.
    fields text NOT NULL,
    attempts smallint NOT NULL,
    next_attempt_at timestamptz,
    response_status smallint,
    error text,
    created_at timestamptz NOT NULL,
    completed_at timestamptz,
    CONSTRAINT source_messages_state_check CHECK (state IN ('waiting', 'sent', 'failed')),
    CONSTRAINT source_messages_origin_check CHECK (origin IN ('reply', 'api')),
    CONSTRAINT source_messages_waiting_is_due_check CHECK ((state = 'waiting') = (next_attempt_at IS NOT NULL))
  );
  CREATE INDEX source_messages_source_idx ON source_messages (source_id, message_id DESC);
  CREATE INDEX source_messages_due_idx ON source_messages (next_attempt_at) WHERE state = 'waiting';
  -- A delivery that is recorded twice makes one message.
  CREATE UNIQUE INDEX source_messages_delivery_key ON source_messages (delivery_id) WHERE delivery_id IS NOT NULL`;

export class AddSources1763784000000 implements MigrationInterface {
  name = 'AddSources1763784000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE source_messages, source_counts, source_requests, sources');
  }
}
