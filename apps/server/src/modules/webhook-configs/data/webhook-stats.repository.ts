/** Counters by hour and writer. Each process counts in rows of its own, so counting never waits for another process. */
import { Injectable } from '@nestjs/common';
import type { WebhookStats } from '@im/contracts/api/webhooks';
import { DataSource, type EntityManager } from 'typeorm';
import { PreparedQuery } from '../../../platform/database/prepared-query.js';

const HOUR_MS = 3_600_000;
const WRITERS_PER_PROCESS = 4;
const FIRST_WRITER_ID = Math.floor(Math.random() * 8) * WRITERS_PER_PROCESS;
let turn = 0;

/** What happened to one webhook's deliveries since the last count. */
export interface StatsDelta {
  webhookId: string;
  planned?: number;
  succeeded?: number;
  failed?: number;
  /** Below zero when canceled ones arrived after all. */
  canceled?: number;
  lastAttemptAt?: Date | null;
  lastSuccessAt?: Date | null;
}

export interface WebhookActivity {
  stats: WebhookStats;
  consecutiveFailures: number;
  /** The breaker is open. */
  isPaused: boolean;
  lastDeliveryAt: Date | null;
  lastSuccessAt: Date | null;
}

interface ActivityRow {
  webhookId: string;
  planned: number;
  succeeded: number;
  failed: number;
  canceled: number;
  lastDeliveryAt: Date | null;
  lastSuccessAt: Date | null;
  consecutiveFailures: number;
  isPaused: boolean;
}

@Injectable()
export class WebhookStatsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Totals and health of webhooks, one query for a whole page of them: what is folded is counted already. */
  async activityOf(webhookIds: string[]): Promise<Map<string, WebhookActivity>> {
    if (webhookIds.length === 0) return new Map();
    const rows = await this.dataSource.query<ActivityRow[]>(
      `SELECT h.webhook_id AS "webhookId", h.consecutive_failures AS "consecutiveFailures",
              h.paused_at IS NOT NULL AS "isPaused",
              (coalesce(t.planned, 0) + s.planned)::bigint AS planned,
              (coalesce(t.succeeded, 0) + s.succeeded)::bigint AS succeeded,
              (coalesce(t.failed, 0) + s.failed)::bigint AS failed,
              (coalesce(t.canceled, 0) + s.canceled)::bigint AS canceled,
              greatest(t.last_attempt_at, s.last_attempt_at) AS "lastDeliveryAt",
              greatest(t.last_success_at, s.last_success_at) AS "lastSuccessAt"
       FROM webhook_health h LEFT JOIN webhook_stats_total t USING (webhook_id)
       CROSS JOIN LATERAL (
         SELECT coalesce(sum(planned), 0) AS planned, coalesce(sum(succeeded), 0) AS succeeded,
                coalesce(sum(failed), 0) AS failed, coalesce(sum(canceled), 0) AS canceled,
                max(last_attempt_at) AS last_attempt_at, max(last_success_at) AS last_success_at
         FROM webhook_stats_hourly u WHERE u.webhook_id = h.webhook_id AND u.writer_id >= 0
       ) s
       WHERE h.webhook_id = ANY($1)`,
      [webhookIds],
    );
    return new Map(rows.map((row) => [row.webhookId, toActivity(row)]));
  }
}

function toActivity(row: ActivityRow): WebhookActivity {
  const { planned, succeeded, failed, canceled } = row;
  return {
    stats: {
      total: planned,
      succeeded,
      failed,
      pending: Math.max(0, planned - succeeded - failed - canceled),
      successRate: succeeded + failed === 0 ? null : succeeded / (succeeded + failed),
    },
    consecutiveFailures: row.consecutiveFailures,
    isPaused: row.isPaused,
    lastDeliveryAt: row.lastDeliveryAt,
    lastSuccessAt: row.lastSuccessAt,
  };
}

/** Adds to the hour's counters inside the caller's transaction; rows are taken in one order, so writers never deadlock. */
export async function countInto(manager: EntityManager, at: Date, deltas: StatsDelta[]): Promise<void> {
  const counted = deltas.filter(isWorthWriting);
  if (counted.length > 0) await COUNT.run(manager, countParameters(at, counted));
}

/** SQL: how counts are added to those of before; the table is `s`. */
export const COUNTED_ONTO = `ON CONFLICT (webhook_id, bucket_at, writer_id) DO UPDATE SET
       planned = s.planned + excluded.planned, succeeded = s.succeeded + excluded.succeeded,
       failed = s.failed + excluded.failed, canceled = s.canceled + excluded.canceled,
       last_attempt_at = greatest(s.last_attempt_at, excluded.last_attempt_at),
       last_success_at = greatest(s.last_success_at, excluded.last_success_at)`;

/** The hour, and the row of it that this statement may count in. */
export function countingWriter(at: Date): [bucketAt: Date, writerId: number] {
  return [new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS), nextWriterId()];
}

/** The statement that counts, so that it can stand in a larger one. @param first the number of its first parameter */
export function countSql(first: number): string {
  const at = (offset: number) => `$${String(first + offset)}`;
  return `INSERT INTO webhook_stats_hourly AS s
       (webhook_id, bucket_at, writer_id, planned, succeeded, failed, canceled, last_attempt_at, last_success_at)
     SELECT webhook_id, ${at(0)}::timestamptz, ${at(1)}::smallint, planned, succeeded, failed, canceled, last_attempt_at, last_success_at
     FROM unnest(${at(2)}::uuid[], ${at(3)}::bigint[], ${at(4)}::bigint[], ${at(5)}::bigint[], ${at(6)}::bigint[],
         ${at(7)}::timestamptz[], ${at(8)}::timestamptz[])
       AS t(webhook_id, planned, succeeded, failed, canceled, last_attempt_at, last_success_at)
     ${COUNTED_ONTO}`;
}

const COUNT = new PreparedQuery(countSql(1));

export function countParameters(at: Date, deltas: StatsDelta[]): unknown[] {
  const counted = [...deltas].sort((a, b) => (a.webhookId < b.webhookId ? -1 : 1));
  return [
    ...countingWriter(at),
    counted.map((delta) => delta.webhookId),
    counted.map((delta) => delta.planned ?? 0),
    counted.map((delta) => delta.succeeded ?? 0),
    counted.map((delta) => delta.failed ?? 0),
    counted.map((delta) => delta.canceled ?? 0),
    counted.map((delta) => delta.lastAttemptAt ?? null),
    counted.map((delta) => delta.lastSuccessAt ?? null),
  ];
}

/** The commits under way in one process take turns at several rows, so that they do not wait for each other either. */
function nextWriterId(): number {
  turn = (turn + 1) % WRITERS_PER_PROCESS;
  return FIRST_WRITER_ID + turn;
}

function isWorthWriting({ planned, succeeded, failed, canceled, lastAttemptAt }: StatsDelta): boolean {
  return [planned, succeeded, failed, canceled].some((count) => (count ?? 0) > 0) || Boolean(lastAttemptAt);
}
