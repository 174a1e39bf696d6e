/**
 * Sums up counts of deliveries by bucket, event and webhook, in one statement: folded and unfolded counts, or for
 * buckets shorter than those the deliveries themselves.
 */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { queryWithin, type Permits } from '../../../platform/database/query-within.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { ConcurrencyLimiter } from '../../../platform/limits/concurrency-limiter.js';
import { recentCounts } from '../../delivery-store/data/count-sql.js';
import { lowestIdOf } from '../../delivery-store/data/delivery-filter.js';
import type { GrainRange } from '../domain/grain-ranges.js';
import type { CountedDurations } from '../domain/summarize-counts.js';

/** A long span of an app with very many webhooks may take longer; it is stopped, so that it does not delay others. */
const TIME_LIMIT_MS = 15_000;

/** Counting deliveries takes no permit of a search. Of each app one runs, so that none takes the turns of the others. */
const COUNTING = {
  maxConcurrent: 2,
  maxConcurrentPerKey: 1,
  maxWaiting: 40,
  maxWaitingPerKey: 10,
  maxWaitMs: 5_000,
};
const RETRY_SECONDS = 5;

export interface StatisticsFilter {
  appId: string;
  webhookIds: readonly string[];
  /** undefined: all. */
  event: string | undefined;
  /** The starts of the buckets, Unix milliseconds. */
  startsMs: readonly number[];
  endMs: number;
  /** The counts that cover the buckets; null: they are too long for these, and deliveries are counted. */
  ranges: readonly GrainRange[] | null;
  /** Deliveries created from then on are not due yet. */
  dueBefore: Date;
  /** Also counts each webhook's deliveries by bucket. */
  withCourses: boolean;
}

export interface CountedStatistics {
  /** By the index of the bucket, from 0. */
  byBucket: Map<number, CountedDurations>;
  byEvent: Map<string, CountedDurations>;
  byWebhook: Map<string, CountedDurations>;
  /** By webhook, then by the index of the bucket: its deliveries. Empty unless they were asked for. */
  courses: Map<string, Map<number, number>>;
}

export interface NamedWebhook {
  webhookId: string;
  name: string;
  isDeleted: boolean;
}

/** Exactly one of bucket, event and webhookId is set; of a course bucket and webhookId. */
interface GroupRow extends CountedDurations {
  bucket: number | null;
  event: string | null;
  webhookId: string | null;
}

// OFFSET 0 makes the planner look the ranges up one by one, by the key.
const COUNTS = `
  WITH ranges AS (
    SELECT grain, to_timestamp(from_ms / 1000) AS from_at, to_timestamp(to_ms / 1000) AS to_at
    FROM unnest($3::smallint[], $4::float8[], $5::float8[]) AS r(grain, from_ms, to_ms)
  ), starts AS (
    SELECT array_agg(to_timestamp(start_ms / 1000) ORDER BY start_ms) AS at FROM unnest($6::float8[]) AS start_ms
  ), counted AS (
    SELECT c.* FROM unnest($1::uuid[]) AS w(id) CROSS JOIN ranges r CROSS JOIN LATERAL (
      SELECT webhook_id, event, bucket_at, total, succeeded, failed, canceled, skipped, retried, due, delivered,
        duration_sum_ms, bins, bin_counts
      FROM delivery_counts
      WHERE webhook_id = w.id AND grain_minutes = r.grain AND bucket_at >= r.from_at AND bucket_at < r.to_at OFFSET 0
    ) c
    UNION ALL
    SELECT webhook_id, event, bucket_at, total, succeeded, failed, canceled, skipped, retried, due, delivered,
      duration_sum_ms, CASE WHEN retried = 0 THEN bins END, NULL
    FROM count_deltas WHERE webhook_id = ANY($1) AND bucket_at < to_timestamp($7::float8 / 1000)
      AND bucket_at >= (SELECT at[1] FROM starts)
    UNION ALL
    -- What was created a moment ago is counted above as if it were due.
    SELECT webhook_id, event, date_bin('15 minutes', slot_at, 'epoch'::timestamptz), 0, 0, 0, 0, 0, 0, -due, -delivered, 0,
      NULL, NULL
    FROM (${recentCounts('webhook_id = ANY($1)', '$8')}) AS recent
    WHERE slot_at < to_timestamp($7::float8 / 1000) AND slot_at >= (SELECT at[1] FROM starts)
  ), cells AS (
    SELECT *, width_bucket(bucket_at, (SELECT at FROM starts)) AS bucket FROM counted
    WHERE $2::text IS NULL OR event = $2
  )`;

/** A first attempt that arrived is the only one; of other deliveries only their attempts tell which were splits. */
const ATTEMPTS = `CASE WHEN status = 'success' AND attempts = 1 THEN 1 WHEN attempts = 0 THEN 0 ELSE (
    SELECT count(*) FROM attempts a WHERE a.delivery_id = d.delivery_id AND a.is_split IS NOT TRUE
  ) END`;
const SETTLED = `status IN ('success', 'failed')`;
const DUE = `kind = 'event' AND status NOT IN ('canceled', 'skipped') AND delivery_id < $5`;

const DELIVERIES = `
  WITH starts AS (
    SELECT array_agg(start_id ORDER BY start_id) AS ids FROM unnest($3::uuid[]) AS start_id
  ), cells AS (
    SELECT d.webhook_id, d.event, width_bucket(d.delivery_id, (SELECT ids FROM starts)) AS bucket,
      count(*) AS total, count(*) FILTER (WHERE status = 'success') AS succeeded,
      count(*) FILTER (WHERE status = 'failed') AS failed, count(*) FILTER (WHERE status = 'canceled') AS canceled,
      count(*) FILTER (WHERE status = 'skipped') AS skipped,
      sum(${ATTEMPTS}) - count(*) FILTER (WHERE ${SETTLED}) AS retried,
      count(*) FILTER (WHERE ${DUE}) AS due, count(*) FILTER (WHERE ${DUE} AND status = 'success') AS delivered,
      coalesce(sum(duration_ms::float8) FILTER (WHERE ${SETTLED}), 0) AS duration_sum_ms,
      array_agg(duration_bin(duration_ms)) FILTER (WHERE ${SETTLED} AND duration_ms IS NOT NULL) AS bins,
      NULL::integer[] AS bin_counts
    FROM unnest($1::uuid[]) AS w(id) CROSS JOIN LATERAL (
      SELECT * FROM delivery_log WHERE webhook_id = w.id AND kind IN ('event', 'redelivery')
        AND delivery_id >= $3[1]::uuid AND delivery_id < $4 AND ($2::text IS NULL OR event = $2)
    ) AS d GROUP BY 1, 2, 3
  )`;

const COURSES = ', (bucket, webhook_id)';
const sums = (withCourses: boolean) => `, sums AS (
    SELECT grouping(bucket, event, webhook_id) AS level, coalesce(bucket::text, event, webhook_id::text) AS key,
      bucket - 1 AS bucket, event, webhook_id, sum(total) AS total, sum(succeeded) AS succeeded, sum(failed) AS failed,
      sum(canceled) AS canceled, sum(skipped) AS skipped, sum(retried) AS retried, sum(due) AS due, sum(delivered) AS delivered, sum(duration_sum_ms) AS duration_sum_ms
    FROM cells GROUP BY GROUPING SETS ((bucket), (event), (webhook_id)${withCourses ? COURSES : ''})
    -- A test send leaves a trace of when it was, and no count.
    HAVING sum(total) > 0
  ), binned AS (
    SELECT grouping(bucket, event, webhook_id) AS level, coalesce(bucket::text, event, webhook_id::text) AS key, bin,
      sum(coalesce(n, 1)) AS n
    FROM cells CROSS JOIN unnest(bins, bin_counts) AS b(bin, n)
    GROUP BY GROUPING SETS ((bucket, bin), (event, bin), (webhook_id, bin))
  ), histograms AS (
    SELECT level, key, array_agg(bin ORDER BY bin) AS bins, array_agg(n::float8 ORDER BY bin) AS bin_counts
    FROM binned GROUP BY level, key
  )
  SELECT bucket, event, webhook_id AS "webhookId", total::float8, succeeded::float8, failed::float8, canceled::float8,
    skipped::float8, retried::float8, due::float8, delivered::float8, duration_sum_ms AS "durationSumMs", coalesce(bins, '{}') AS bins,
    coalesce(bin_counts, '{}') AS "binCounts"
  FROM sums LEFT JOIN histograms USING (level, key)`;

@Injectable()
export class StatisticsRepository {
  private readonly counting = new ConcurrencyLimiter(COUNTING, tooManyAtOnce);

  constructor(private readonly dataSource: DataSource) {}

  /** @throws DomainError `search_too_broad` when it takes too long; `too_many_requests` when its turn does not come soon */
  async sumUp(filter: StatisticsFilter): Promise<CountedStatistics> {
    const { appId, webhookIds, event, startsMs, endMs, ranges, dueBefore, withCourses } = filter;
    const summed = sums(withCourses);
    const permits = { limiter: this.counting, key: appId };
    const rows = ranges
      ? await this.query(COUNTS + summed, [
          webhookIds,
          event ?? null,
          ranges.map((range) => range.grainMinutes),
          ranges.map((range) => range.fromMs),
          ranges.map((range) => range.toMs),
          startsMs,
          endMs,
          dueBefore.toISOString(),
        ])
      : await this.query(
          DELIVERIES + summed,
          [
            webhookIds,
            event ?? null,
            startsMs.map((ms) => lowestIdOf(new Date(ms).toISOString())),
            lowestIdOf(new Date(endMs).toISOString()),
            lowestIdOf(dueBefore.toISOString()),
          ],
          permits,
        );
    return gather(rows);
  }

  private query(sql: string, parameters: unknown[], permits?: Permits): Promise<GroupRow[]> {
    return queryWithin<GroupRow>(this.dataSource, TIME_LIMIT_MS, sql, parameters, {
      ...(permits && { permits }),
    });
  }

  /** Oldest first, deleted ones too: their deliveries stay in the log. */
  webhooksOf(appId: string): Promise<NamedWebhook[]> {
    return this.dataSource.query<NamedWebhook[]>(
      `SELECT webhook_id AS "webhookId", name, deleted_at IS NOT NULL AS "isDeleted"
       FROM webhook_configs WHERE app_id = $1 ORDER BY webhook_id`,
      [appId],
    );
  }
}

function gather(rows: readonly GroupRow[]): CountedStatistics {
  const statistics: CountedStatistics = {
    byBucket: new Map(),
    byEvent: new Map(),
    byWebhook: new Map(),
    courses: new Map(),
  };
  for (const { bucket, event, webhookId, ...counted } of rows) {
    if (bucket !== null && webhookId !== null) {
      const course = statistics.courses.get(webhookId) ?? new Map<number, number>();
      statistics.courses.set(webhookId, course.set(bucket, counted.total));
    } else if (bucket !== null) statistics.byBucket.set(bucket, counted);
    else if (event !== null) statistics.byEvent.set(event, counted);
    else if (webhookId !== null) statistics.byWebhook.set(webhookId, counted);
  }
  return statistics;
}

function tooManyAtOnce(): DomainError {
  return new DomainError(
    'too_many_requests',
    'Too many charts by the minute are asked for; try again in a moment',
    {
      retryAfterSeconds: RETRY_SECONDS,
    },
  );
}
