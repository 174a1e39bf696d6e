/** The indexes behind the changes of an app in a span: without them every revision and alert it ever had is read. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class FindChangesOfSpans1763805600000 implements MigrationInterface {
  name = 'FindChangesOfSpans1763805600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX webhook_revisions_time_idx ON webhook_revisions (webhook_id, revised_at DESC, revision DESC);
      CREATE INDEX alerts_opened_idx ON alerts (app_id, opened_at DESC);
      CREATE INDEX alerts_resolved_idx ON alerts (app_id, resolved_at DESC) WHERE resolved_at IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX webhook_revisions_time_idx, alerts_opened_idx, alerts_resolved_idx');
  }
}
