/**
 * Folds what commits have counted: deltas become one row for each webhook, event and quarter, hour and day, one for each
 * webhook and minute, and the webhook's total. What is folded is gone from the deltas in the same commit, so whoever
 * reads both in one statement reads everything once.
 */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { COUNTS_LOCK, tryLock } from '../../../platform/database/advisory-locks.js';

const ROWS_PER_BATCH = 2_000;

const CELL = 'webhook_id, grain_minutes, bucket_at, event';
const BUCKET = `date_bin(grain_minutes * interval '1 minute', bucket_at, 'epoch'::timestamptz)`;

// Looked up one by one, each by its key: as a join it might become a walk through the whole table.
const EARLIER_OF_CELLS = `CROSS JOIN LATERAL (
      SELECT bins, bin_counts FROM delivery_counts f
      WHERE (f.webhook_id, f.grain_minutes, f.bucket_at, f.event) = (k.webhook_id, k.grain_minutes, k.bucket_at, k.event)
      LIMIT 1) f`;
const EARLIER_OF_MINUTES = `CROSS JOIN LATERAL (
      SELECT bins, bin_counts FROM attempt_windows f
      WHERE (f.webhook_id, f.minute_at) = (k.webhook_id, k.minute_at) LIMIT 1) f`;

/** Adds the bins of `binned` to those of before: one row of arrays for each key. */
function mergedBins(key: string, binned: string, earlier: string): string {
  return `SELECT ${key}, array_agg(bin ORDER BY bin) AS bins, array_agg(n ORDER BY bin) AS bin_counts FROM (
      SELECT ${key}, bin, sum(n)::integer AS n FROM (
        SELECT ${key}, bin, n FROM ${binned}
        UNION ALL
        SELECT ${key}, b.bin, b.n
        FROM (SELECT DISTINCT ${key} FROM ${binned}) k ${earlier} CROSS JOIN unnest(f.bins, f.bin_counts) AS b(bin, n)
      ) AS parts GROUP BY ${key}, bin
    ) AS bins GROUP BY ${key}`;
}

const FOLD = `
  WITH moved AS (
    DELETE FROM count_deltas WHERE ctid = ANY(ARRAY(SELECT ctid FROM count_deltas LIMIT ${String(ROWS_PER_BATCH)}))
    RETURNING *
  ), grains (grain_minutes) AS (VALUES (15), (60), (1440)
  ), quarters AS (
    SELECT webhook_id, event, bucket_at, sum(total) AS total, sum(succeeded) AS succeeded, sum(failed) AS failed,
      sum(canceled) AS canceled, sum(skipped) AS skipped, sum(duration_sum_ms) AS duration_sum_ms
    FROM moved WHERE (total, succeeded, failed, canceled, skipped) <> (0, 0, 0, 0, 0) GROUP BY 1, 2, 3
  ), quarter_bins AS (
    SELECT webhook_id, event, bucket_at, bin, count(*) AS n
    FROM moved CROSS JOIN unnest(bins) AS bin WHERE retried = 0 GROUP BY 1, 2, 3, 4
  ), cells AS (
    SELECT webhook_id, grain_minutes, ${BUCKET} AS bucket_at, event, sum(total) AS total, sum(succeeded) AS succeeded,
      sum(failed) AS failed, sum(canceled) AS canceled, sum(skipped) AS skipped, sum(duration_sum_ms) AS duration_sum_ms
    FROM quarters CROSS JOIN grains GROUP BY 1, 2, 3, 4
  ), cell_bins AS (
    SELECT webhook_id, grain_minutes, ${BUCKET} AS bucket_at, event, bin, sum(n) AS n
    FROM quarter_bins CROSS JOIN grains GROUP BY 1, 2, 3, 4, 5
  ), cell_histograms AS (${mergedBins(CELL, 'cell_bins', EARLIER_OF_CELLS)}
  ), counted AS (
    INSERT INTO delivery_counts AS c (${CELL}, total, succeeded, failed, canceled, skipped, duration_sum_ms, bins, bin_counts)
    SELECT ${CELL}, total, succeeded, failed, canceled, skipped, duration_sum_ms, coalesce(bins, '{}'),
      coalesce(bin_counts, '{}')
    FROM cells LEFT JOIN cell_histograms USING (${CELL})
    ON CONFLICT (${CELL}) DO UPDATE SET total = c.total + excluded.total, succeeded = c.succeeded + excluded.succeeded,
      failed = c.failed + excluded.failed, canceled = c.canceled + excluded.canceled,
      skipped = c.skipped + excluded.skipped, duration_sum_ms = c.duration_sum_ms + excluded.duration_sum_ms,
      bins = CASE WHEN excluded.bins = '{}' THEN c.bins ELSE excluded.bins END,
      bin_counts = CASE WHEN excluded.bins = '{}' THEN c.bin_counts ELSE excluded.bin_counts END
  ), minutes AS (
    SELECT webhook_id, minute_at, sum(succeeded + failed + retried) AS attempts, sum(failed + retried) AS failures
    FROM moved WHERE bins IS NOT NULL AND minute_at >= $1 GROUP BY 1, 2
  ), minute_bins AS (
    SELECT webhook_id, minute_at, bin, count(*) AS n
    FROM moved CROSS JOIN unnest(bins) AS bin WHERE minute_at >= $1 GROUP BY 1, 2, 3
  ), minute_histograms AS (${mergedBins('webhook_id, minute_at', 'minute_bins', EARLIER_OF_MINUTES)}
  ), watched AS (
    INSERT INTO attempt_windows AS w (webhook_id, minute_at, attempts, failures, bins, bin_counts)
    SELECT webhook_id, minute_at, attempts, failures, bins, bin_counts
    FROM minutes JOIN minute_histograms USING (webhook_id, minute_at)
    ON CONFLICT (webhook_id, minute_at) DO UPDATE SET attempts = w.attempts + excluded.attempts,
      failures = w.failures + excluded.failures, bins = excluded.bins, bin_counts = excluded.bin_counts
  ), totals AS (
    INSERT INTO webhook_totals AS t
      (webhook_id, total, succeeded, failed, canceled, skipped, last_attempt_at, last_success_at)
    SELECT webhook_id, sum(total), sum(succeeded), sum(failed), sum(canceled), sum(skipped), max(last_attempt_at),
      max(last_success_at)
    FROM moved GROUP BY webhook_id
    ON CONFLICT (webhook_id) DO UPDATE SET total = t.total + excluded.total,
      succeeded = t.succeeded + excluded.succeeded, failed = t.failed + excluded.failed,
      canceled = t.canceled + excluded.canceled, skipped = t.skipped + excluded.skipped,
      last_attempt_at = greatest(t.last_attempt_at, excluded.last_attempt_at),
      last_success_at = greatest(t.last_success_at, excluded.last_success_at)
  ) SELECT count(*) AS count FROM moved`;

@Injectable()
export class FoldCountsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Folds everything that is committed; nothing when another process is at it.
   *
   * @param windowsSince attempts before are counted, but no longer watched by the minute
   * @returns how many rows were folded
   */
  async fold(windowsSince: Date): Promise<number> {
    let folded = 0;
    for (;;) {
      const count = await this.foldSome(windowsSince);
      folded += count;
      if (count < ROWS_PER_BATCH) return folded;
    }
  }

  /** Two who fold at once would merge into the same bins: the lock keeps them apart. */
  private foldSome(windowsSince: Date): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      if (!(await tryLock(manager, COUNTS_LOCK))) return 0;
      const [row] = await manager.query<{ count: number }[]>(FOLD, [windowsSince.toISOString()]);
      return row?.count ?? 0;
    });
  }

  /** Forgets minutes that nobody asks about any more. */
  async forgetWindows(before: Date): Promise<void> {
    await this.dataSource.query('DELETE FROM attempt_windows WHERE minute_at < $1', [before.toISOString()]);
  }
}
