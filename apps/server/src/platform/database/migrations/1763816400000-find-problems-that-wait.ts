/** The index behind the view of all that is not well; what waits for its first attempt is not in it and pays nothing. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class FindProblemsThatWait1763816400000 implements MigrationInterface {
  name = 'FindProblemsThatWait1763816400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX pending_deliveries_tried_idx ON pending_deliveries (webhook_id, delivery_id DESC NULLS LAST)
      WHERE attempts > 0 OR recovery_id IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX pending_deliveries_tried_idx');
  }
}
