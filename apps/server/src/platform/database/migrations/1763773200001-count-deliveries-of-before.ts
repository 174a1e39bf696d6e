/**
 * What happened before two honest rates of success were counted: from the log as far as it is kept; beyond that every
 * delivery counts as due, redeliveries too, and retries are not known. It reads the whole log, so it locks nothing that
 * an attempt or an event needs meanwhile.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

// Deltas go on being written; they are folded afterwards, none of them twice.
const NO_FOLDING = `
  LOCK TABLE delivery_counts, webhook_totals IN SHARE ROW EXCLUSIVE MODE
`;

const WITHOUT_THE_LOG = `
  UPDATE delivery_counts SET due = total - canceled - skipped, delivered = succeeded
`;

// The log holds what is not folded yet as well, which is taken off here; of the deltas of before that is their retries. A
// cell of which the log has less than was folded is not whole in the log any more, and keeps what it has.
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
      event, sum(retried) AS retried, sum(due) AS due, sum(delivered) AS delivered
    FROM count_deltas d CROSS JOIN (VALUES (15), (60), (240), (1440)) AS g(grain_minutes)
    WHERE retried > 0 OR due > 0 OR delivered > 0 GROUP BY 1, 2, 3, 4
  )
  INSERT INTO delivery_counts AS c (webhook_id, grain_minutes, bucket_at, event, total, succeeded, failed, canceled, skipped,
    duration_sum_ms, bins, bin_counts, retried, due, delivered)
  SELECT webhook_id, grain_minutes, bucket_at, event, 0, 0, 0, 0, 0, 0, '{}', '{}',
    cells.retried - coalesce(unfolded.retried, 0), cells.due - coalesce(unfolded.due, 0),
    cells.delivered - coalesce(unfolded.delivered, 0)
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

export class CountDeliveriesOfBefore1763773200001 implements MigrationInterface {
  name = 'CountDeliveriesOfBefore1763773200001';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [NO_FOLDING, WITHOUT_THE_LOG, FROM_THE_LOG, TOTALS]) await runner.query(sql);
  }

  /** The columns go with the migration before, and making this one again counts everything again. */
  down(): Promise<void> {
    return Promise.resolve();
  }
}
