/** Alerts about sources, and since when a source that was paused receives again. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

// resumed_at: silence is counted from it, and what was rejected during the pause was meant to be. null: it was never
// paused.
const UP = `
  ALTER TABLE sources ADD COLUMN resumed_at timestamptz;
  ALTER TABLE alerts ADD COLUMN source_id uuid REFERENCES sources;
  CREATE UNIQUE INDEX alerts_one_unresolved_of_source_key ON alerts (source_id, rule)
    WHERE status <> 'resolved' AND source_id IS NOT NULL;
  -- Most minutes of most sources are fine: those that are not are found without reading the others.
  CREATE INDEX source_counts_not_accepted_idx ON source_counts (minute_at) WHERE rejected + not_understood + failed > 0`;

export class AddSourceAlerts1763798400000 implements MigrationInterface {
  name = 'AddSourceAlerts1763798400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX source_counts_not_accepted_idx;
      DELETE FROM alerts WHERE source_id IS NOT NULL;
      ALTER TABLE alerts DROP COLUMN source_id;
      ALTER TABLE sources DROP COLUMN resumed_at;
    `);
  }
}
