/** Reads what the alert rules of an app would have seen in the past: each statement has a time limit and a row limit. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { queryWithin } from '../../../platform/database/query-within.js';
import { lowestIdAt } from '../../../platform/database/time-partitions.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { ConcurrencyLimiter } from '../../../platform/limits/concurrency-limiter.js';
import type { AttemptQuarter, QuestionQuarter } from '../domain/preview-windows.js';

const TIME_LIMIT_MS = 3_000;
const MAX_ROWS = 20_000;
/** Deliveries and alerts have priority; those who wait are refused soon. */
const LIMITS = {
  maxConcurrent: 2,
  maxConcurrentPerKey: 1,
  maxWaiting: 20,
  maxWaitingPerKey: 6,
  maxWaitMs: 10_000,
};

const WEBHOOKS = 'SELECT webhook_id FROM webhook_configs WHERE app_id = $1 AND deleted_at IS NULL';

const ATTEMPTS = `
  SELECT webhook_id AS "webhookId", extract(epoch FROM bucket_at)::float8 * 1000 AS "startMs",
    (succeeded + failed + retried)::float8 AS attempts, (failed + retried)::float8 AS failures, bins,
    bin_counts AS "binCounts"
  FROM delivery_counts
  WHERE webhook_id IN (${WEBHOOKS}) AND grain_minutes = 15 AND bucket_at >= $2 LIMIT ${String(MAX_ROWS + 1)}`;

const QUESTIONS = `
  SELECT webhook_id AS "webhookId",
    extract(epoch FROM date_bin('15 minutes', minute_at, 'epoch'::timestamptz))::float8 * 1000 AS "startMs",
    sum(allowed + denied + modified - by_pause)::float8 AS questions,
    sum(by_deadline + by_breaker - by_pause + by_invalid_answer + by_error)::float8 AS "byPolicy"
  FROM before_counts WHERE webhook_id IN (${WEBHOOKS}) AND minute_at >= $2
  GROUP BY 1, 2 LIMIT ${String(MAX_ROWS + 1)}`;

/** Rows of failures that nothing successful interrupts, at least $3 long. */
const countRuns = (tried: string) => `
  WITH tried AS (${tried}), numbered AS (
    SELECT webhook_id, is_failed,
      count(*) FILTER (WHERE NOT is_failed) OVER (PARTITION BY webhook_id ORDER BY at, delivery_id) AS run
    FROM tried
  ) SELECT count(*)::int AS runs FROM (
    SELECT FROM numbered WHERE is_failed GROUP BY webhook_id, run HAVING count(*) >= $3
  ) AS found`;

const RUNS_OF_ATTEMPTS = countRuns(`
  SELECT d.webhook_id, d.delivery_id, a.started_at AS at, a.error_class IS NOT NULL AS is_failed
  FROM delivery_log d JOIN attempts a USING (delivery_id)
  WHERE d.webhook_id IN (${WEBHOOKS}) AND d.kind IN ('event', 'redelivery') AND d.delivery_id >= $2
    AND a.delivery_id >= $2 AND a.is_split IS NOT TRUE`);

const RUNS_OF_DELIVERIES = countRuns(`
  SELECT webhook_id, delivery_id, completed_at AS at, status = 'failed' AS is_failed
  FROM deliveries WHERE webhook_id IN (${WEBHOOKS}) AND kind IN ('event', 'redelivery') AND delivery_id >= $2
    AND status IN ('success', 'failed')`);

const OPENED = `
  SELECT rule, count(*)::int AS opened FROM alerts WHERE app_id = $1 AND opened_at >= $2 GROUP BY rule`;

@Injectable()
export class RuleHistoryRepository {
  private readonly limiter = new ConcurrencyLimiter(LIMITS, tooManyPreviews);

  constructor(private readonly dataSource: DataSource) {}

  /** Here and below: null when there is too much to go through. */
  attempts(appId: string, since: Date): Promise<AttemptQuarter[] | null> {
    return this.rows<AttemptQuarter>(ATTEMPTS, appId, [since]);
  }

  questions(appId: string, since: Date): Promise<QuestionQuarter[] | null> {
    return this.rows<QuestionQuarter>(QUESTIONS, appId, [since]);
  }

  /** Counts series of at least `atLeast` failed attempts in a row. */
  async failedInARow(appId: string, since: Date, atLeast: number): Promise<number | null> {
    const parameters = [lowestIdAt(since.getTime()), atLeast];
    const rows = await this.rows<{ runs: number }>(RUNS_OF_ATTEMPTS, appId, parameters);
    return rows && (rows[0]?.runs ?? 0);
  }

  /** Times that a delivery was given up after the last one that arrived. */
  async exhausted(appId: string, since: Date): Promise<number | null> {
    const rows = await this.rows<{ runs: number }>(RUNS_OF_DELIVERIES, appId, [
      lowestIdAt(since.getTime()),
      1,
    ]);
    return rows && (rows[0]?.runs ?? 0);
  }

  /** Alerts that were opened, by their rules. */
  async opened(appId: string, since: Date): Promise<ReadonlyMap<string, number> | null> {
    const rows = await this.rows<{ rule: string; opened: number }>(OPENED, appId, [since]);
    return rows && new Map(rows.map(({ rule, opened }) => [rule, opened]));
  }

  private async rows<Row>(sql: string, appId: string, parameters: unknown[]): Promise<Row[] | null> {
    const permits = { limiter: this.limiter, key: appId };
    try {
      const rows = await queryWithin<Row>(this.dataSource, TIME_LIMIT_MS, sql, [appId, ...parameters], {
        permits,
      });
      return rows.length > MAX_ROWS ? null : rows;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'search_too_broad') return null;
      throw error;
    }
  }
}

function tooManyPreviews(): DomainError {
  return new DomainError(
    'too_many_requests',
    'Too many previews of alert rules at once: try again in a moment',
  );
}
