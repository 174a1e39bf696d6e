/** Before-callbacks: which webhook decides about which event, what it decided, and the counts of decisions. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const PENDING_COLUMNS = `delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, 'pending' AS status, attempts,
      max_attempts, next_attempt_at, response_status, error_class, duration_ms, created_at,
      NULL::timestamptz AS completed_at, original_delivery_id, recovery_id, passes_holds, NULL::text AS cancel_reason`;
const ENDED_COLUMNS = `delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, status, attempts,
      max_attempts, NULL, response_status, error_class, duration_ms, created_at, completed_at, original_delivery_id,
      recovery_id, NULL, cancel_reason`;

const SETTINGS = `
  ALTER TABLE webhook_configs ADD COLUMN before jsonb,
    ADD CONSTRAINT webhook_configs_before_check CHECK (before IS NULL OR coalesce(
      (before->>'deadlineMs')::integer BETWEEN 100 AND 4000 AND before->>'onFailure' IN ('allow', 'deny'), false));
  UPDATE webhook_revisions SET settings = settings || '{"before": null}';
  -- Kept with the setting: of each event of an app one webhook decides.
  CREATE TABLE before_routes (
    app_id uuid NOT NULL REFERENCES apps,
    event text NOT NULL,
    webhook_id uuid NOT NULL REFERENCES webhook_configs,
    PRIMARY KEY (app_id, event)
  );
  CREATE INDEX before_routes_webhook_idx ON before_routes (webhook_id);
`;

const LOG = `
  ALTER TABLE deliveries ADD COLUMN decision text, ADD COLUMN decided_by text,
    ADD CONSTRAINT deliveries_decision_check CHECK (
      (decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL) = (kind <> 'before'));
  CREATE OR REPLACE VIEW delivery_log AS
    SELECT ${PENDING_COLUMNS}, NULL::text AS decision, NULL::text AS decided_by FROM pending_deliveries
    UNION ALL
    SELECT ${ENDED_COLUMNS}, decision, decided_by FROM deliveries;
`;

const COUNTS = `
  CREATE TABLE before_counts (
    webhook_id uuid NOT NULL REFERENCES webhook_configs,
    minute_at timestamptz NOT NULL,
    -- By decision, made by a receiver or by the policy.
    allowed integer NOT NULL,
    denied integer NOT NULL,
    modified integer NOT NULL,
    -- Of these, made by the policy: the reason.
    by_deadline integer NOT NULL,
    by_breaker integer NOT NULL,
    -- Of these, while a person had paused the webhook.
    by_pause integer NOT NULL,
    by_invalid_answer integer NOT NULL,
    by_error integer NOT NULL,
    latency_ms_sum double precision NOT NULL,
    latency_ms_max real NOT NULL,
    PRIMARY KEY (webhook_id, minute_at)
  );
  CREATE INDEX before_counts_age_idx ON before_counts (minute_at);
`;

export class AddBeforeCallbacks1763787600000 implements MigrationInterface {
  name = 'AddBeforeCallbacks1763787600000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [SETTINGS, LOG, COUNTS]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE before_counts;
      DELETE FROM deliveries WHERE kind = 'before';
      DROP VIEW delivery_log;
      CREATE VIEW delivery_log AS
        SELECT ${PENDING_COLUMNS} FROM pending_deliveries UNION ALL SELECT ${ENDED_COLUMNS} FROM deliveries;
      ALTER TABLE deliveries DROP COLUMN decision, DROP COLUMN decided_by;
      DROP TABLE before_routes;
      UPDATE webhook_revisions SET settings = settings - 'before';
      ALTER TABLE webhook_configs DROP COLUMN before;
    `);
  }
}
