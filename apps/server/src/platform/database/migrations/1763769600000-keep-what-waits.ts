/**
 * A webhook can be paused by a person; what a person asked for passes a pause, a disabled webhook and an open breaker; and
 * a canceled delivery says why. The breaker's own columns in `webhook_health` (`paused_at` among them) stay as they are.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const PAUSE = `
  ALTER TABLE webhook_configs
    ADD COLUMN paused_since timestamptz,
    ADD COLUMN paused_by text,
    ADD CONSTRAINT webhook_configs_pause_check CHECK ((paused_since IS NULL) = (paused_by IS NULL));
  UPDATE webhook_revisions SET settings = settings || '{"paused": false}';
`;

// The index holds what a person has just asked for and nothing else, so looking for it costs the same at any backlog.
const PENDING = `
  ALTER TABLE pending_deliveries ADD COLUMN passes_holds boolean NOT NULL DEFAULT false;
  UPDATE pending_deliveries SET passes_holds = true WHERE kind <> 'event' AND attempts = 0 AND recovery_id IS NULL;
  CREATE INDEX pending_deliveries_passing_idx ON pending_deliveries (webhook_id, claimable_at) WHERE passes_holds;
`;

const LOG = `
  ALTER TABLE deliveries ADD COLUMN cancel_reason text;
  CREATE OR REPLACE VIEW delivery_log AS
    SELECT delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, 'pending' AS status, attempts,
      max_attempts, next_attempt_at, response_status, error_class, duration_ms, created_at,
      NULL::timestamptz AS completed_at, original_delivery_id, recovery_id, passes_holds, NULL::text AS cancel_reason
    FROM pending_deliveries
    UNION ALL
    SELECT delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, status, attempts,
      max_attempts, NULL, response_status, error_class, duration_ms, created_at, completed_at, original_delivery_id,
      recovery_id, NULL, cancel_reason
    FROM deliveries;
`;

// A person who closes the breaker also ends what workers remember of the receiver, such as a rest it asked for.
const RESUMED = `
  DROP TRIGGER webhook_health_pause ON webhook_health;
  CREATE CONSTRAINT TRIGGER webhook_health_pause AFTER UPDATE OF paused_at, resumed_at ON webhook_health
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.paused_at IS DISTINCT FROM NEW.paused_at OR OLD.resumed_at IS DISTINCT FROM NEW.resumed_at)
    EXECUTE FUNCTION move_config_version();
`;

export class KeepWhatWaits1763769600000 implements MigrationInterface {
  name = 'KeepWhatWaits1763769600000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [PAUSE, PENDING, LOG, RESUMED]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER webhook_health_pause ON webhook_health;
      CREATE CONSTRAINT TRIGGER webhook_health_pause AFTER UPDATE OF paused_at ON webhook_health
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.paused_at IS DISTINCT FROM NEW.paused_at)
        EXECUTE FUNCTION move_config_version();
      DROP VIEW delivery_log;
      CREATE VIEW delivery_log AS
        SELECT delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, 'pending' AS status, attempts,
          max_attempts, next_attempt_at, response_status, error_class, duration_ms, created_at,
          NULL::timestamptz AS completed_at, original_delivery_id
        FROM pending_deliveries
        UNION ALL
        SELECT delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, status, attempts,
          max_attempts, NULL, response_status, error_class, duration_ms, created_at, completed_at, original_delivery_id
        FROM deliveries;
      ALTER TABLE deliveries DROP COLUMN cancel_reason;
      DROP INDEX pending_deliveries_passing_idx;
      ALTER TABLE pending_deliveries DROP COLUMN passes_holds;
      UPDATE webhook_revisions SET settings = settings - 'paused';
      ALTER TABLE webhook_configs DROP COLUMN paused_since, DROP COLUMN paused_by;
    `);
  }
}
