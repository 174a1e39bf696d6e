/**
 * Batches that are split, and what two honest rates of success need.
 *
 * Splitting: how many of a delivery's attempts were refused batches, which do not count towards its `max_attempts`; and
 * which attempts those were.
 *
 * Rates: failed attempts that were retried, deliveries that were due (of kind event, neither canceled nor skipped) and
 * those of them that were delivered. Those created a moment ago are not due yet, so they are counted by five seconds as
 * well, for as long as they are recent; see docs/adr/0011. What happened before is counted from the log as far as it is
 * kept; beyond that every delivery counts as due, redeliveries too, and retries are not known.
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

const WITHOUT_THE_LOG = `
  UPDATE delivery_counts SET due = total - canceled - skipped, delivered = succeeded
`;

// The log holds what is not folded yet as well. The deltas of before add nothing to the new columns but their retries, which
// are taken off here. A cell of which the log has less than was folded is not whole in the log any more, and keeps what it has.
const FROM_THE_LOG = `
  WITH cells AS (
    SELECT webhook_id, grain_minutes,
      date_bin(grain_minutes * interval '1 minute', quarter_of(delivery_id), 'epoch'::timestamptz) AS bucket_at, event,
      count(*) AS total,
      sum(attempts) - count(*) FILTER (WHERE status IN ('success', 'failed')) AS retried,
      count(*) FILTER (WHERE kind = 'event' AND status NOT IN ('canceled', 'skipped')) AS due,
      count(*) FILTER (WHERE kind = 'event' AND status = 'success') AS delivered
    FROM delivery_log CROSS JOIN (VALUES (15), (60), (240), (1440)) AS g(grain_minutes)
    WHERE kind <> 'test' GROUP BY 1, 2, 3, 4
  ), unfolded AS (
    SELECT webhook_id, grain_minutes, date_bin(grain_minutes * interval '1 minute', d.bucket_at, 'epoch'::timestamptz) AS bucket_at,
      event, sum(retried) AS retried
    FROM count_deltas d CROSS JOIN (VALUES (15), (60), (240), (1440)) AS g(grain_minutes)
    WHERE retried > 0 GROUP BY 1, 2, 3, 4
  )
  INSERT INTO delivery_counts AS c (webhook_id, grain_minutes, bucket_at, event, total, succeeded, failed, canceled, skipped,
    duration_sum_ms, bins, bin_counts, retried, due, delivered)
  SELECT webhook_id, grain_minutes, bucket_at, event, 0, 0, 0, 0, 0, 0, '{}', '{}',
    cells.retried - coalesce(unfolded.retried, 0), due, delivered
  FROM cells LEFT JOIN unfolded USING (webhook_id, grain_minutes, bucket_at, event)
  WHERE total >= coalesce((SELECT f.total FROM delivery_counts f
    WHERE (f.webhook_id, f.grain_minutes, f.bucket_at, f.event)
      = (cells.webhook_id, cells.grain_minutes, cells.bucket_at, cells.event)), 0)
  ON CONFLICT (webhook_id, grain_minutes, bucket_at, event) DO UPDATE SET retried = excluded.retried,
    due = excluded.due, delivered = excluded.delivered
`;

// What the counts by time no longer hold is taken as due; what they hold is corrected by what they say.
const TOTALS = `
  UPDATE webhook_totals SET due = total - canceled - skipped, delivered = succeeded;
  INSERT INTO webhook_totals AS t (webhook_id, total, succeeded, failed, canceled, skipped, retried, due, delivered)
  SELECT webhook_id, 0, 0, 0, 0, 0, sum(retried), sum(due - (total - canceled - skipped)), sum(delivered - succeeded)
  FROM delivery_counts WHERE grain_minutes = 1440 GROUP BY webhook_id
  ON CONFLICT (webhook_id) DO UPDATE SET retried = excluded.retried, due = t.due + excluded.due,
    delivered = t.delivered + excluded.delivered
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
    for (const sql of [SPLITS, COLUMNS, WITHOUT_THE_LOG, FROM_THE_LOG, TOTALS]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(BACK);
  }
}
