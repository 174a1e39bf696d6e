/**
 * Deliveries that wait move into a small table of their own; `deliveries` becomes the log of those that have ended,
 * written once and never changed in normal traffic. Also the breaker's state and the version of the configuration.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const PENDING_TABLE = `
  CREATE TABLE pending_deliveries (
    delivery_id uuid PRIMARY KEY,
    callback_id uuid NOT NULL,
    event_id uuid NOT NULL,
    webhook_id uuid NOT NULL,
    app_id uuid NOT NULL,
    event text NOT NULL,
    kind text NOT NULL,
    attempts smallint NOT NULL DEFAULT 0,
    max_attempts smallint NOT NULL,
    next_attempt_at timestamptz NOT NULL,
    -- Until then a hint for it is on its way, or a worker has claimed it.
    claimable_at timestamptz NOT NULL,
    -- How often it was claimed: who holds an older number has lost it.
    claim_number integer NOT NULL DEFAULT 0,
    -- Set where the webhook keeps the order of a conversation; accepted_seq is that order.
    conversation_id text,
    accepted_seq bigint GENERATED ALWAYS AS IDENTITY,
    response_status smallint,
    error_class text,
    duration_ms real,
    created_at timestamptz NOT NULL,
    original_delivery_id uuid
  ) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000,
    autovacuum_vacuum_insert_threshold = -1, autovacuum_analyze_scale_factor = 0.2);
  CREATE INDEX pending_deliveries_claim_idx ON pending_deliveries (webhook_id, claimable_at)
    WHERE conversation_id IS NULL;
  CREATE INDEX pending_deliveries_order_idx ON pending_deliveries (webhook_id, conversation_id, accepted_seq)
    WHERE conversation_id IS NOT NULL;
  CREATE INDEX pending_deliveries_app_idx ON pending_deliveries (app_id, delivery_id);
  CREATE INDEX pending_deliveries_event_idx ON pending_deliveries (event_id);
`;

const MOVE = `
  INSERT INTO pending_deliveries (delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, attempts,
    max_attempts, next_attempt_at, claimable_at, response_status, error_class, duration_ms, created_at, original_delivery_id)
  SELECT delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, attempts,
    max_attempts, next_attempt_at, next_attempt_at, response_status, error_class, duration_ms, created_at, original_delivery_id
  FROM deliveries WHERE status = 'pending' ORDER BY delivery_id;
  DELETE FROM deliveries WHERE status = 'pending';
`;

// The callback id begins with its event's time and names event and webhook, so the event's index finds it too.
const LOG_TABLE = `
  DROP INDEX deliveries_due_idx;
  DROP INDEX deliveries_callback_idx;
  ALTER TABLE deliveries DROP CONSTRAINT deliveries_pending_is_due;
  ALTER TABLE deliveries DROP COLUMN next_attempt_at;
  ALTER TABLE deliveries ALTER COLUMN completed_at SET NOT NULL;
  ALTER TABLE deliveries ADD CONSTRAINT deliveries_status_check
    CHECK (status IN ('success', 'failed', 'canceled', 'skipped'));

  CREATE VIEW delivery_log AS
    SELECT delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, 'pending' AS status, attempts,
      max_attempts, next_attempt_at, response_status, error_class, duration_ms, created_at,
      NULL::timestamptz AS completed_at, original_delivery_id
    FROM pending_deliveries
    UNION ALL
    SELECT delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, status, attempts,
      max_attempts, NULL, response_status, error_class, duration_ms, created_at, completed_at, original_delivery_id
    FROM deliveries;
`;

const BREAKER = `
  ALTER TABLE webhook_health
    ADD COLUMN paused_at timestamptz,
    ADD COLUMN probe_at timestamptz,
    ADD COLUMN probes smallint NOT NULL DEFAULT 0,
    -- Failures of attempts that began before do not open the breaker again.
    ADD COLUMN resumed_at timestamptz,
    ADD CONSTRAINT webhook_health_paused_check CHECK ((paused_at IS NULL) = (probe_at IS NULL));
`;

// One number tells every process whether what it remembers of the configuration still holds. It moves in the same
// commit as the change. Deferred, so that its lock is the last one taken and held for the commit alone.
const CONFIG_VERSION = `
  CREATE TABLE config_version (is_only_row boolean PRIMARY KEY DEFAULT true CHECK (is_only_row), version bigint NOT NULL);
  INSERT INTO config_version (version) VALUES (1);
  CREATE FUNCTION move_config_version() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN UPDATE config_version SET version = version + 1; RETURN NULL; END $$;
  CREATE CONSTRAINT TRIGGER webhook_configs_change AFTER INSERT OR UPDATE OR DELETE ON webhook_configs
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION move_config_version();
  CREATE CONSTRAINT TRIGGER apps_change AFTER INSERT OR UPDATE OR DELETE ON apps
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION move_config_version();
  CREATE CONSTRAINT TRIGGER webhook_health_pause AFTER UPDATE OF paused_at ON webhook_health
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.paused_at IS DISTINCT FROM NEW.paused_at)
    EXECUTE FUNCTION move_config_version();
  CREATE CONSTRAINT TRIGGER api_tokens_change AFTER INSERT OR DELETE OR UPDATE OF scopes, expires_at, app_id, token_hash
    ON api_tokens DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION move_config_version();
`;

export class SplitPendingDeliveries1763722800000 implements MigrationInterface {
  name = 'SplitPendingDeliveries1763722800000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [PENDING_TABLE, MOVE, LOG_TABLE, BREAKER, CONFIG_VERSION]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER webhook_configs_change ON webhook_configs;
      DROP TRIGGER apps_change ON apps;
      DROP TRIGGER webhook_health_pause ON webhook_health;
      DROP TRIGGER api_tokens_change ON api_tokens;
      DROP FUNCTION move_config_version;
      DROP TABLE config_version;
      ALTER TABLE webhook_health DROP COLUMN paused_at, DROP COLUMN probe_at, DROP COLUMN probes,
        DROP COLUMN resumed_at;
      DROP VIEW delivery_log;
      ALTER TABLE deliveries DROP CONSTRAINT deliveries_status_check;
      ALTER TABLE deliveries ALTER COLUMN completed_at DROP NOT NULL;
      ALTER TABLE deliveries ADD COLUMN next_attempt_at timestamptz;
      INSERT INTO deliveries (delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, status, attempts,
        max_attempts, next_attempt_at, response_status, error_class, duration_ms, created_at, original_delivery_id)
      SELECT delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, 'pending', attempts,
        max_attempts, next_attempt_at, response_status, error_class, duration_ms, created_at, original_delivery_id
      FROM pending_deliveries;
      DROP TABLE pending_deliveries;
      ALTER TABLE deliveries ADD CONSTRAINT deliveries_pending_is_due
        CHECK ((status = 'pending') = (next_attempt_at IS NOT NULL));
      CREATE INDEX deliveries_due_idx ON deliveries (next_attempt_at) WHERE status = 'pending';
      CREATE INDEX deliveries_callback_idx ON deliveries (callback_id);
    `);
  }
}
