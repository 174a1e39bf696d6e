/**
 * Folds the counters of hours that are over: the rows of all writers become one row an hour, counted into the webhook's
 * total as well. Totals then cost the same however long a webhook has been there.
 */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RETENTION_LOCK, tryLock } from '../../../platform/database/advisory-locks.js';

const HOUR_MS = 3_600_000;
const ROWS_PER_BATCH = 2_000;
const FOLDED_WRITER_ID = -1;

const SUMS = `sum(planned) AS planned, sum(succeeded) AS succeeded, sum(failed) AS failed, sum(canceled) AS canceled,
  max(last_attempt_at) AS last_attempt_at, max(last_success_at) AS last_success_at`;
const COUNTERS = 'planned, succeeded, failed, canceled, last_attempt_at, last_success_at';
const ADD = `planned = s.planned + excluded.planned, succeeded = s.succeeded + excluded.succeeded,
  failed = s.failed + excluded.failed, canceled = s.canceled + excluded.canceled,
  last_attempt_at = greatest(s.last_attempt_at, excluded.last_attempt_at),
  last_success_at = greatest(s.last_success_at, excluded.last_success_at)`;

// One statement: nothing is ever counted twice or not at all, whoever reads meanwhile.
const FOLD = `
  WITH picked AS (
    SELECT webhook_id, bucket_at, writer_id FROM webhook_stats_hourly
    WHERE writer_id >= 0 AND bucket_at < $1 ORDER BY webhook_id, bucket_at, writer_id
    LIMIT ${String(ROWS_PER_BATCH)} FOR UPDATE
  ), moved AS (
    DELETE FROM webhook_stats_hourly s USING picked p
    WHERE (s.webhook_id, s.bucket_at, s.writer_id) = (p.webhook_id, p.bucket_at, p.writer_id) RETURNING s.*
  ), hours AS (
    INSERT INTO webhook_stats_hourly AS s (webhook_id, bucket_at, writer_id, ${COUNTERS})
    SELECT webhook_id, bucket_at, ${String(FOLDED_WRITER_ID)}, ${SUMS} FROM moved GROUP BY webhook_id, bucket_at
    ON CONFLICT (webhook_id, bucket_at, writer_id) DO UPDATE SET ${ADD}
  ), totals AS (
    INSERT INTO webhook_stats_total AS s (webhook_id, ${COUNTERS})
    SELECT webhook_id, ${SUMS} FROM moved GROUP BY webhook_id
    ON CONFLICT (webhook_id) DO UPDATE SET ${ADD}
  ) SELECT count(*) AS count FROM moved`;

@Injectable()
export class FoldStatsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Leaves the hour that runs and the one before it to their writers. An outcome counted late for an hour that was
   * folded is folded next time.
   *
   * @returns how many rows were folded
   */
  async fold(now: Date): Promise<number> {
    const before = new Date((Math.floor(now.getTime() / HOUR_MS) - 1) * HOUR_MS);
    let folded = 0;
    for (;;) {
      const count = await this.foldSome(before);
      folded += count;
      if (count < ROWS_PER_BATCH) return folded;
    }
  }

  private foldSome(before: Date): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      if (!(await tryLock(manager, RETENTION_LOCK))) return 0;
      const [row] = await manager.query<{ count: number }[]>(FOLD, [before.toISOString()]);
      return row?.count ?? 0;
    });
  }
}
