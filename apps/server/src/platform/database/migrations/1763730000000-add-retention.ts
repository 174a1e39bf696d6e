/** How long an app keeps what it keeps, and counters of hours that are over in one row each. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const APPS = `
  ALTER TABLE apps
    ADD COLUMN retain_events_days smallint CHECK (retain_events_days > 0),
    ADD COLUMN retain_logs_days smallint CHECK (retain_logs_days > 0);
`;

// writer_id -1: an hour of all its writers, counted into the total as well. What is not folded yet is little.
const STATS = `
  CREATE TABLE webhook_stats_total (
    webhook_id uuid PRIMARY KEY,
    planned bigint NOT NULL,
    succeeded bigint NOT NULL,
    failed bigint NOT NULL,
    canceled bigint NOT NULL,
    last_attempt_at timestamptz,
    last_success_at timestamptz
  );
  CREATE INDEX webhook_stats_unfolded_idx ON webhook_stats_hourly (webhook_id, bucket_at) WHERE writer_id >= 0;
  CREATE INDEX webhook_stats_folded_idx ON webhook_stats_hourly (bucket_at) WHERE writer_id < 0;
`;

const AUDIT = 'CREATE INDEX audit_entries_age_idx ON audit_entries (created_at)';

export class AddRetention1763730000000 implements MigrationInterface {
  name = 'AddRetention1763730000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [APPS, STATS, AUDIT]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX audit_entries_age_idx;
      DROP INDEX webhook_stats_folded_idx, webhook_stats_unfolded_idx;
      UPDATE webhook_stats_hourly SET writer_id = 0 WHERE writer_id < 0 AND (webhook_id, bucket_at, 0) NOT IN
        (SELECT webhook_id, bucket_at, writer_id FROM webhook_stats_hourly);
      DROP TABLE webhook_stats_total;
      ALTER TABLE apps DROP COLUMN retain_events_days, DROP COLUMN retain_logs_days;
    `);
  }
}
