/** Counters by hour and writer. Each process counts in rows of its own, so counting never waits for another process. */
import { Injectable } from '@nestjs/common';
import type { WebhookStats } from '@im/contracts/api/webhooks';
import { DataSource, type EntityManager } from 'typeorm';

const HOUR_MS = 3_600_000;
const WRITERS = 32;
const WRITER_ID = Math.floor(Math.random() * WRITERS);

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
}

@Injectable()
export class WebhookStatsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Totals and health of webhooks; one query for a whole page of them. */
  async activityOf(webhookIds: string[]): Promise<Map<string, WebhookActivity>> {
    if (webhookIds.length === 0) return new Map();
    const rows = await this.dataSource.query<ActivityRow[]>(
      `SELECT h.webhook_id AS "webhookId", h.consecutive_failures AS "consecutiveFailures",
              coalesce(sum(s.planned), 0)::bigint AS planned, coalesce(sum(s.succeeded), 0)::bigint AS succeeded,
              coalesce(sum(s.failed), 0)::bigint AS failed, coalesce(sum(s.canceled), 0)::bigint AS canceled,
              max(s.last_attempt_at) AS "lastDeliveryAt", max(s.last_success_at) AS "lastSuccessAt"
       FROM webhook_health h LEFT JOIN webhook_stats_hourly s USING (webhook_id)
       WHERE h.webhook_id = ANY($1) GROUP BY h.webhook_id`,
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
    lastDeliveryAt: row.lastDeliveryAt,
    lastSuccessAt: row.lastSuccessAt,
  };
}

/** Adds to the hour's counters inside the caller's transaction; rows are taken in one order, so writers never deadlock. */
export async function countInto(manager: EntityManager, at: Date, deltas: StatsDelta[]): Promise<void> {
  const counted = deltas.filter(isWorthWriting).sort((a, b) => (a.webhookId < b.webhookId ? -1 : 1));
  if (counted.length === 0) return;
  await manager.query(
    `INSERT INTO webhook_stats_hourly AS s
       (webhook_id, bucket_at, writer_id, planned, succeeded, failed, canceled, last_attempt_at, last_success_at)
     SELECT webhook_id, $1, $2, planned, succeeded, failed, canceled, last_attempt_at, last_success_at
     FROM unnest($3::uuid[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::timestamptz[], $9::timestamptz[])
       AS t(webhook_id, planned, succeeded, failed, canceled, last_attempt_at, last_success_at)
     ON CONFLICT (webhook_id, bucket_at, writer_id) DO UPDATE SET
       planned = s.planned + excluded.planned, succeeded = s.succeeded + excluded.succeeded,
       failed = s.failed + excluded.failed, canceled = s.canceled + excluded.canceled,
       last_attempt_at = greatest(s.last_attempt_at, excluded.last_attempt_at),
       last_success_at = greatest(s.last_success_at, excluded.last_success_at)`,
    [
      new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS),
      WRITER_ID,
      counted.map((delta) => delta.webhookId),
      counted.map((delta) => delta.planned ?? 0),
      counted.map((delta) => delta.succeeded ?? 0),
      counted.map((delta) => delta.failed ?? 0),
      counted.map((delta) => delta.canceled ?? 0),
      counted.map((delta) => delta.lastAttemptAt ?? null),
      counted.map((delta) => delta.lastSuccessAt ?? null),
    ],
  );
}

function isWorthWriting({ planned, succeeded, failed, canceled, lastAttemptAt }: StatsDelta): boolean {
  return [planned, succeeded, failed, canceled].some((count) => (count ?? 0) > 0) || Boolean(lastAttemptAt);
}
