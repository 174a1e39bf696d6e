/**
 * Batches that are split, and what two honest rates of success need.
 *
 * Splitting: how many of a delivery's attempts were refused batches, which do not count towards its `max_attempts`; and
 * which attempts those were.
 *
 * Rates: failed attempts that were retried, deliveries that were due (of kind event, neither canceled nor skipped) and
 * those of them that were delivered. Those created a moment ago are not due yet, so they are counted by five seconds as
 * well, for as long as they are recent; see docs/adr/0011. What happened before is counted by the next migration, in a
 * transaction of its own: this one holds every reader and writer of these tables up.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const SPLITS = `
  ALTER TABLE pending_deliveries ADD COLUMN splits smallint NOT NULL DEFAULT 0;
  -- null: it was none.
  ALTER TABLE attempts ADD COLUMN is_split boolean;
`;

// The five seconds in which a delivery was created, from the milliseconds of its id; null: it is not recent any more.
const COLUMNS = `
  CREATE FUNCTION recent_slot_of(id uuid) RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN id > (lpad(to_hex(floor(extract(epoch FROM now()) * 1000)::bigint - 120000), 12, '0') || repeat('0', 20))::uuid
      THEN to_timestamp(('x' || encode(substring(uuid_send(id) FROM 1 FOR 6), 'hex'))::bit(48)::bigint / 5000 * 5) END
  $$;

  ALTER TABLE count_deltas
    ADD COLUMN due integer NOT NULL DEFAULT 0,
    ADD COLUMN delivered integer NOT NULL DEFAULT 0,
    ADD COLUMN slot_at timestamptz;
  ALTER TABLE delivery_counts
    ADD COLUMN retried integer NOT NULL DEFAULT 0,
    ADD COLUMN due integer NOT NULL DEFAULT 0,
    ADD COLUMN delivered integer NOT NULL DEFAULT 0;
  ALTER TABLE webhook_totals
    ADD COLUMN retried bigint NOT NULL DEFAULT 0,
    ADD COLUMN due bigint NOT NULL DEFAULT 0,
    ADD COLUMN delivered bigint NOT NULL DEFAULT 0;

  CREATE TABLE recent_counts (
    webhook_id uuid NOT NULL,
    slot_at timestamptz NOT NULL,
    event text NOT NULL,
    due integer NOT NULL,
    delivered integer NOT NULL,
    PRIMARY KEY (webhook_id, slot_at, event)
  ) WITH (fillfactor = 80);
  CREATE INDEX recent_counts_age_idx ON recent_counts (slot_at);
`;

const BACK = `
  DROP TABLE recent_counts;
  ALTER TABLE webhook_totals DROP COLUMN retried, DROP COLUMN due, DROP COLUMN delivered;
  ALTER TABLE delivery_counts DROP COLUMN retried, DROP COLUMN due, DROP COLUMN delivered;
  ALTER TABLE count_deltas DROP COLUMN due, DROP COLUMN delivered, DROP COLUMN slot_at;
  DROP FUNCTION recent_slot_of;
  ALTER TABLE attempts DROP COLUMN is_split;
  ALTER TABLE pending_deliveries DROP COLUMN splits;
`;

export class SplitBatchesAndCountDueDeliveries1763773200000 implements MigrationInterface {
  name = 'SplitBatchesAndCountDueDeliveries1763773200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [SPLITS, COLUMNS]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(BACK);
  }
}
