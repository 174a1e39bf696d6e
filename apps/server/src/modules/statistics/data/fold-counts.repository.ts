/**
 * Folds counted deltas: into one row for each webhook, event and quarter of an hour, hour, four hours and day; one for
 * each webhook and minute; one for each webhook, event and recent five seconds; and the webhook's total. Folded deltas
 * are deleted in the same commit, so a statement that reads both counts everything once.
 */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { takeDeltas } from '../../delivery-store/data/count-sql.js';
import { COUNTS_LOCK, tryLock } from '../../../platform/database/advisory-locks.js';

const ROWS_PER_BATCH = 20_000;

const CELL = 'webhook_id, grain_minutes, bucket_at, event';
const MINUTE = 'webhook_id, minute_at';
const SLOT = 'webhook_id, slot_at, event';
/** The columns that are added up in cells and totals. */
const SUMS = ['total', 'succeeded', 'failed', 'canceled', 'skipped', 'retried', 'due', 'delivered'];
const added = (columns: readonly string[], row: string) =>
  columns.map((column) => `${column} = ${row}.${column} + excluded.${column}`).join(', ');

/** Adds the bins of each of `added` to those of its row. Row by row, because a single join would sort all bins. */
function mergedWith(table: string, key: string, added: string): string {
  const keyOf = (alias: string) => key.replaceAll(/\w+/g, `${alias}.$&`);
  return `${added} k LEFT JOIN LATERAL (
      SELECT bins, bin_counts FROM ${table} f WHERE (${keyOf('f')}) = (${keyOf('k')}) LIMIT 1
    ) AS f ON true CROSS JOIN LATERAL (
      SELECT array_agg(bin ORDER BY bin) AS bins, array_agg(n ORDER BY bin) AS bin_counts FROM (
        SELECT bin, sum(n)::integer AS n FROM (
          SELECT unnest(k.bins) AS bin, 1 AS n UNION ALL SELECT unnest(f.bins), unnest(f.bin_counts)
        ) AS parts GROUP BY bin
      ) AS binned
    ) AS m`;
}

/** A delta appears once for each of its bins, and once without any: this sums up its column once. */
const sumOf = (column: string) =>
  `coalesce(sum(${column}) FILTER (WHERE nth IS NOT DISTINCT FROM first), 0) AS ${column}`;

const FOLD = `
  WITH moved AS (
    ${takeDeltas(ROWS_PER_BATCH, 'CASE WHEN cardinality(bins) > 0 THEN 1 END AS first')}
  ), grains (grain_minutes) AS (VALUES (15), (60), (240), (1440)
  ), cells AS (
    SELECT webhook_id, grain_minutes, date_bin(grain_minutes * interval '1 minute', bucket_at, 'epoch'::timestamptz) AS bucket_at,
      event, ${[...SUMS, 'duration_sum_ms'].map(sumOf).join(', ')},
      array_agg(bin) FILTER (WHERE bin IS NOT NULL AND retried = 0) AS bins
    FROM moved CROSS JOIN grains LEFT JOIN LATERAL unnest(bins) WITH ORDINALITY AS b(bin, nth) ON true
    WHERE (total, succeeded, failed, canceled, skipped, retried) <> (0, 0, 0, 0, 0, 0) GROUP BY 1, 2, 3, 4
  ), counted AS (
    INSERT INTO delivery_counts AS c (${CELL}, ${SUMS.join(', ')}, duration_sum_ms, bins, bin_counts)
    SELECT ${CELL}, ${SUMS.join(', ')}, duration_sum_ms, coalesce(m.bins, '{}'),
      coalesce(m.bin_counts, '{}')
    FROM ${mergedWith('delivery_counts', CELL, 'cells')}
    ON CONFLICT (${CELL}) DO UPDATE SET ${added([...SUMS, 'duration_sum_ms'], 'c')},
      bins = excluded.bins, bin_counts = excluded.bin_counts
  ), minutes AS (
    SELECT webhook_id, minute_at, count(*) AS attempts,
      coalesce(sum(failed + retried) FILTER (WHERE nth = first), 0) AS failures, array_agg(bin) AS bins
    FROM moved CROSS JOIN LATERAL unnest(bins) WITH ORDINALITY AS b(bin, nth) WHERE minute_at >= $1 GROUP BY 1, 2
  ), watched AS (
    INSERT INTO attempt_windows AS w (${MINUTE}, attempts, failures, bins, bin_counts)
    SELECT ${MINUTE}, attempts, failures, m.bins, m.bin_counts FROM ${mergedWith('attempt_windows', MINUTE, 'minutes')}
    ON CONFLICT (${MINUTE}) DO UPDATE SET attempts = w.attempts + excluded.attempts,
      failures = w.failures + excluded.failures, bins = excluded.bins, bin_counts = excluded.bin_counts
  ), slots AS (
    SELECT ${SLOT}, sum(due) AS due, sum(delivered) AS delivered FROM moved
    WHERE slot_at >= $2 AND (due, delivered) <> (0, 0) GROUP BY ${SLOT}
  ), recent AS (
    INSERT INTO recent_counts AS r (${SLOT}, due, delivered) SELECT ${SLOT}, due, delivered FROM slots
    ON CONFLICT (${SLOT}) DO UPDATE SET ${added(['due', 'delivered'], 'r')}
  ), totals AS (
    INSERT INTO webhook_totals AS t
      (webhook_id, ${SUMS.join(', ')}, last_attempt_at, last_success_at)
    SELECT webhook_id, ${SUMS.map((column) => `sum(${column})`).join(', ')}, max(last_attempt_at), max(last_success_at)
    FROM moved GROUP BY webhook_id
    ON CONFLICT (webhook_id) DO UPDATE SET ${added(SUMS, 't')},
      last_attempt_at = greatest(t.last_attempt_at, excluded.last_attempt_at),
      last_success_at = greatest(t.last_success_at, excluded.last_success_at)
  ) SELECT count(*) AS count FROM moved`;

@Injectable()
export class FoldCountsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Whether a delta is older than this and not folded. */
  async isDue(afterMs: number): Promise<boolean> {
    const [row] = await this.dataSource.query<{ isDue: boolean }[]>(
      `SELECT EXISTS (SELECT FROM count_deltas WHERE counted_at < now() - $1 * interval '1 millisecond') AS "isDue"`,
      [afterMs],
    );
    return row?.isDue ?? false;
  }

  /**
   * Folds everything that is committed; nothing while another process is folding.
   *
   * @param windowsSince earlier attempts are counted, but no longer by the minute
   * @param recentSince deliveries created earlier are counted, but no longer by five seconds
   * @returns how many rows were folded
   */
  async fold(windowsSince: Date, recentSince = windowsSince): Promise<number> {
    let folded = 0;
    for (;;) {
      const count = await this.foldSome(windowsSince, recentSince);
      folded += count;
      if (count < ROWS_PER_BATCH) return folded;
    }
  }

  /** The lock keeps concurrent folds from merging into the same bins. */
  private foldSome(windowsSince: Date, recentSince: Date): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      if (!(await tryLock(manager, COUNTS_LOCK))) return 0;
      const [row] = await manager.query<{ count: number }[]>(FOLD, [
        windowsSince.toISOString(),
        recentSince.toISOString(),
      ]);
      return row?.count ?? 0;
    });
  }

  /** Removes minutes that are no longer read. */
  async removeWindows(before: Date): Promise<void> {
    await this.dataSource.query('DELETE FROM attempt_windows WHERE minute_at < $1', [before.toISOString()]);
  }

  /** Removes the five-second counts of deliveries that have long been due. */
  async removeRecent(before: Date): Promise<void> {
    await this.dataSource.query('DELETE FROM recent_counts WHERE slot_at < $1', [before.toISOString()]);
  }
}
