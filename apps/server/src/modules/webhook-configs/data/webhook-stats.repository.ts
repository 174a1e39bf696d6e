/** Reads totals and last times of a webhook's deliveries. */
import { Injectable } from '@nestjs/common';
import type { WebhookStats } from '@im/contracts/api/webhooks';
import { DataSource } from 'typeorm';
import { recentCounts } from '../../delivery-store/data/count-sql.js';
import { attemptsOf, dueBefore, successRatesOf } from '../../delivery-store/domain/success-rates.js';

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
  total: number;
  succeeded: number;
  failed: number;
  /** Canceled or skipped. */
  endedUnsent: number;
  retried: number;
  due: number;
  delivered: number;
  lastDeliveryAt: Date | null;
  lastSuccessAt: Date | null;
  consecutiveFailures: number;
  isPaused: boolean;
}

const COLUMNS =
  'total, succeeded, failed, canceled, skipped, retried, due, delivered, last_attempt_at, last_success_at';

@Injectable()
export class WebhookStatsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Totals and health of webhooks, one query for a whole page of them: what is folded, and what is not yet.
   *
   * @param now until when deliveries are due
   */
  async activityOf(webhookIds: string[], now: Date): Promise<Map<string, WebhookActivity>> {
    if (webhookIds.length === 0) return new Map();
    const rows = await this.dataSource.query<ActivityRow[]>(
      `SELECT h.webhook_id AS "webhookId", h.consecutive_failures AS "consecutiveFailures",
              h.paused_at IS NOT NULL AS "isPaused",
              coalesce(s.total, 0)::bigint AS total, coalesce(s.succeeded, 0)::bigint AS succeeded,
              coalesce(s.failed, 0)::bigint AS failed, coalesce(s.canceled + s.skipped, 0)::bigint AS "endedUnsent",
              coalesce(s.retried, 0)::bigint AS retried, coalesce(s.due, 0)::bigint AS due,
              coalesce(s.delivered, 0)::bigint AS delivered,
              s.last_attempt_at AS "lastDeliveryAt", s.last_success_at AS "lastSuccessAt"
       FROM webhook_health h LEFT JOIN (
         SELECT webhook_id, sum(total) AS total, sum(succeeded) AS succeeded, sum(failed) AS failed,
           sum(canceled) AS canceled, sum(skipped) AS skipped, sum(retried) AS retried, sum(due) AS due,
           sum(delivered) AS delivered, max(last_attempt_at) AS last_attempt_at,
           max(last_success_at) AS last_success_at
         FROM (
           SELECT webhook_id, ${COLUMNS} FROM webhook_totals WHERE webhook_id = ANY($1)
           UNION ALL
           SELECT webhook_id, ${COLUMNS} FROM count_deltas WHERE webhook_id = ANY($1)
           UNION ALL
           SELECT webhook_id, 0, 0, 0, 0, 0, 0, -due, -delivered, NULL, NULL
           FROM (${recentCounts('webhook_id = ANY($1)', '$2')}) AS recent
         ) AS counted GROUP BY webhook_id
       ) s USING (webhook_id)
       WHERE h.webhook_id = ANY($1)`,
      [webhookIds, dueBefore(now.getTime()).toISOString()],
    );
    return new Map(rows.map((row) => [row.webhookId, toActivity(row)]));
  }
}

function toActivity(row: ActivityRow): WebhookActivity {
  const { total, succeeded, failed, endedUnsent } = row;
  return {
    stats: {
      total,
      succeeded,
      failed,
      pending: total - succeeded - failed - endedUnsent,
      attempts: attemptsOf(row),
      ...successRatesOf(row),
    },
    consecutiveFailures: row.consecutiveFailures,
    isPaused: row.isPaused,
    lastDeliveryAt: row.lastDeliveryAt,
    lastSuccessAt: row.lastSuccessAt,
  };
}
