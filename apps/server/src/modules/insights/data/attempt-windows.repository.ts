/** What attempts of the last two hours came to, to the minute: what rules about rates and slowness look at. */
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

// What is folded and what is not in one statement: each attempt once, in the very commit that recorded it.
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

@Injectable()
export class AttemptWindowsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Sums up attempts by webhook; those without any are left out.
   *
   * @param webhookIds null: whichever had attempts
   * @param sinceAt at most two hours ago; attempts that began in its minute or later count
   */
  async summarise(webhookIds: readonly string[] | null, sinceAt: Date): Promise<AttemptsSummary[]> {
    const rows = await this.dataSource.query<SummaryRow[]>(SUMMARISE, [sinceAt.toISOString(), webhookIds]);
    return rows.map(({ bins, binCounts, ...counts }) => ({
      ...counts,
      p95Ms: percentileOf({ bins, binCounts }, 0.95) ?? 0,
    }));
  }
}
