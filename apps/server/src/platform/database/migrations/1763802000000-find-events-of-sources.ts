/** The index behind the filter of deliveries by source; events that came otherwise are not in it and pay nothing. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class FindEventsOfSources1763802000000 implements MigrationInterface {
  name = 'FindEventsOfSources1763802000000';

  async up(runner: QueryRunner): Promise<void> {
    // The expression is SOURCE_ID of received-from-sql.ts; equality with it implies that it is not null.
    await runner.query(`
      CREATE INDEX events_source_idx ON events (
        (CASE WHEN received_from LIKE 'source:%' THEN substr(received_from, 8)::uuid END),
        event_id DESC NULLS LAST
      ) WHERE (CASE WHEN received_from LIKE 'source:%' THEN substr(received_from, 8)::uuid END) IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX events_source_idx');
  }
}
