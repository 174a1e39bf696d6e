/** Reads attempts of the last two hours by the minute, for alert rules about success rates and slowness. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { percentileOf } from '../domain/duration-histogram.js';

export interface AttemptsSummary {
  webhookId: string;
  /** Attempts that ended, test sends left out. */
  attempts: number;
  failures: number;
  /** Of all attempts; see RELATIVE_ERROR for how exact it is. */
  p95Ms: number;
}

interface SummaryRow {
  webhookId: string;
  attempts: number;
  failures: number;
  bins: number[];
  binCounts: number[];
}

// Folded and unfolded counts in one statement, so that each attempt counts once, from its commit on.
const SUMMARISE = `
  WITH watched AS (
    SELECT webhook_id, attempts, failures, bins, bin_counts FROM attempt_windows
    WHERE minute_at >= date_trunc('minute', $1::timestamptz) AND ($2::uuid[] IS NULL OR webhook_id = ANY($2))
    UNION ALL
    SELECT webhook_id, succeeded + failed + retried, failed + retried, bins, NULL FROM count_deltas
    WHERE bins IS NOT NULL AND minute_at >= date_trunc('minute', $1::timestamptz)
      AND ($2::uuid[] IS NULL OR webhook_id = ANY($2))
  ), counts AS (
    SELECT webhook_id, sum(attempts)::bigint AS attempts, sum(failures)::bigint AS failures FROM watched GROUP BY webhook_id
  ), binned AS (
    SELECT webhook_id, bin, sum(coalesce(n, 1)) AS n
    FROM watched CROSS JOIN unnest(bins, bin_counts) AS b(bin, n) GROUP BY webhook_id, bin
  ), histograms AS (
    SELECT webhook_id, array_agg(bin ORDER BY bin) AS bins, array_agg(n::float8 ORDER BY bin) AS bin_counts
    FROM binned GROUP BY webhook_id
  ) SELECT webhook_id AS "webhookId", attempts, failures, bins, bin_counts AS "binCounts"
    FROM counts JOIN histograms USING (webhook_id) ORDER BY webhook_id`;

/** Folded and unfolded counts of the given webhooks that meet a condition. */
const watchedWhere = (ofMinute: string, ofCommit: string) => `
  SELECT webhook_id, attempts, failures FROM attempt_windows
  WHERE minute_at >= date_trunc('minute', $1::timestamptz) AND ($2::uuid[] IS NULL OR webhook_id = ANY($2)) AND ${ofMinute}
  UNION ALL
  SELECT webhook_id, succeeded + failed + retried, failed + retried FROM count_deltas
  WHERE bins IS NOT NULL AND minute_at >= date_trunc('minute', $1::timestamptz)
    AND ($2::uuid[] IS NULL OR webhook_id = ANY($2)) AND ${ofCommit}`;

const COUNT_FAILING = `
  SELECT webhook_id AS "webhookId", sum(attempts)::bigint AS attempts, sum(failures)::bigint AS failures
  FROM (${watchedWhere('true', 'true')}) AS watched
  GROUP BY webhook_id HAVING sum(failures) > 0 ORDER BY webhook_id`;

const HAS_SLOW = 'duration_bin($3::real) <= ANY(bins)';
const FIND_SLOW = `SELECT DISTINCT webhook_id AS "webhookId" FROM (${watchedWhere(HAS_SLOW, HAS_SLOW)}) AS watched`;

@Injectable()
export class AttemptWindowsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Sums up attempts by webhook; those without any are left out.
   *
   * @param webhookIds null: all that had attempts
   * @param sinceAt at most two hours ago; attempts that began in its minute or later count
   */
  async summarise(webhookIds: readonly string[] | null, sinceAt: Date): Promise<AttemptsSummary[]> {
    const rows = await this.dataSource.query<SummaryRow[]>(SUMMARISE, [sinceAt.toISOString(), webhookIds]);
    return rows.map(({ bins, binCounts, ...counts }) => ({
      ...counts,
      p95Ms: percentileOf({ bins, binCounts }, 0.95) ?? 0,
    }));
  }

  /**
   * Counts without durations, of webhooks that had a failure. Parameters as for {@link summarise}, and much cheaper.
   */
  countFailing(
    webhookIds: readonly string[] | null,
    sinceAt: Date,
  ): Promise<Omit<AttemptsSummary, 'p95Ms'>[]> {
    return this.dataSource.query(COUNT_FAILING, [sinceAt.toISOString(), webhookIds]);
  }

  /** Finds webhooks with at least one attempt of about that length or longer; no other can have such a percentile. */
  async findSlow(webhookIds: readonly string[] | null, sinceAt: Date, fromMs: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ webhookId: string }[]>(FIND_SLOW, [
      sinceAt.toISOString(),
      webhookIds,
      fromMs,
    ]);
    return rows.map((row) => row.webhookId);
  }
}
