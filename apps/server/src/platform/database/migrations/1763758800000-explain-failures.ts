/**
 * What the explanation of a failure needs besides the log: evidence of failed attempts, who sent an event, and
 * when a webhook's receiver was last checked up.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ExplainFailures1763758800000 implements MigrationInterface {
  name = 'ExplainFailures1763758800000';

  async up(runner: QueryRunner): Promise<void> {
    // JSON as text, like the headers: it is read whole, never searched.
    await runner.query('ALTER TABLE attempts ADD COLUMN evidence text');
    await runner.query('ALTER TABLE events ADD COLUMN received_from text');
    await runner.query('ALTER TABLE webhook_health ADD COLUMN checked_up_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE webhook_health DROP COLUMN checked_up_at');
    await runner.query('ALTER TABLE events DROP COLUMN received_from');
    await runner.query('ALTER TABLE attempts DROP COLUMN evidence');
  }
}
