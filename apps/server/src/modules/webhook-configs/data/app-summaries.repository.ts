/** Lists apps with traffic, success rate and unhealthy webhooks. */
import { Injectable } from '@nestjs/common';
import { UNHEALTHY_FAILURES } from '@im/contracts/api/webhooks';
import { recentCounts } from '../../delivery-store/data/count-sql.js';
import type { CountedOutcomes } from '../../delivery-store/domain/success-rates.js';
import { DataSource } from 'typeorm';
import type { ShownApp } from '../../apps/present-app.js';

export interface AppSummaryRow extends ShownApp, CountedOutcomes {
  webhookCount: number;
  openAlertCount: number;
  /** Webhooks and sources with alerts that are not resolved. */
  incidentCount: number;
  /** Deliveries of the last 24 hours. */
  total: number;
  /** Deliveries that wait. */
  pending: number;
  /** Webhooks that are not healthy. */
  unwell: number;
  /** The greatest index in {@link HEALTHS} among its webhooks; null: there is none. */
  worst: number | null;
}

export interface AppListFilter {
  tenantId: string;
  /** The one app the caller is bound to; null: all of the tenant. */
  appId: string | null;
  limit: number;
  beforeId: string | null;
  statsSince: Date;
  /** Deliveries created from then on are not due yet. */
  dueBefore: Date;
}

/** From best to worst; a webhook that the service disabled gets nothing any more. */
export const HEALTHS = ['healthy', 'failing', 'unhealthy', 'paused', 'disabled'] as const;

const OUTCOMES = ['total', 'succeeded', 'failed', 'retried', 'due', 'delivered'];
const PENDING = 'total - succeeded - failed - canceled - skipped';

/** The same as `webhookHealthOf`, for a webhook `w` with its health `h` and the number `waiting`. */
const HEALTH = `CASE
  WHEN NOT w.is_enabled THEN CASE WHEN w.disabled_reason IN ('gone', 'failing') THEN 4 END
  WHEN h.paused_at IS NOT NULL AND waiting.pending > 1 THEN 3
  WHEN h.consecutive_failures >= ${String(UNHEALTHY_FAILURES)} THEN 2
  WHEN h.consecutive_failures > 0 THEN 1 ELSE 0 END`;

/**
 * `$1` the tenant, `$2` the one app to show or null, `$3` since when deliveries count, `$4` the app before or null,
 * `$5` how many, `$6` until when created deliveries are due.
 */
const LIST_APPS = `
  -- What is not folded yet, and what is counted as due though it is not yet, each looked at once for all apps.
  WITH unfolded AS MATERIALIZED (
    SELECT webhook_id, sum(${PENDING}) AS pending,
      ${OUTCOMES.map((column) => `coalesce(sum(${column}) FILTER (WHERE bucket_at > $3), 0) AS ${column}`).join(', ')}
    FROM count_deltas GROUP BY webhook_id
  ), recent AS MATERIALIZED (
    SELECT webhook_id, sum(due) AS due, sum(delivered) AS delivered
    FROM (${recentCounts('true', '$6')}) AS counts GROUP BY webhook_id
  )
  SELECT a.app_id AS "appId", a.tenant_id AS "tenantId", a.app_key AS "appKey", a.name,
    a.package_name AS "packageName", a.description,
    a.external_id AS "externalId", a.retain_events_days AS "retainEventsDays", a.retain_logs_days AS "retainLogsDays",
    a.secret_staged_at AS "secretStagedAt", a.previous_secret_expires_at AS "previousSecretExpiresAt",
    a.created_at AS "createdAt", a.updated_at AS "updatedAt",
    alerts.*, webhooks.*, stats.*
  FROM apps a
  CROSS JOIN LATERAL (
    SELECT count(*) AS "openAlertCount", count(DISTINCT coalesce(webhook_id, source_id)) AS "incidentCount"
    FROM alerts WHERE app_id = a.app_id AND status <> 'resolved'
  ) AS alerts
  -- Deleted webhooks too: their deliveries stay in the log.
  CROSS JOIN LATERAL (
    SELECT ${OUTCOMES.map((column) => `coalesce(sum(s.${column}), 0)::bigint AS ${column}`).join(', ')}
    FROM webhook_configs w CROSS JOIN LATERAL (
      SELECT ${OUTCOMES.join(', ')} FROM delivery_counts
      WHERE webhook_id = w.webhook_id AND grain_minutes = 60 AND bucket_at > $3
      UNION ALL SELECT ${OUTCOMES.join(', ')} FROM unfolded WHERE webhook_id = w.webhook_id
      UNION ALL SELECT 0, 0, 0, 0, -due, -delivered FROM recent WHERE webhook_id = w.webhook_id
    ) AS s
    WHERE w.app_id = a.app_id
  ) AS stats
  CROSS JOIN LATERAL (
    SELECT count(*) AS "webhookCount", coalesce(sum(pending), 0)::bigint AS pending,
      count(*) FILTER (WHERE health > 0) AS unwell, max(health) AS worst
    FROM (
      SELECT waiting.pending, ${HEALTH} AS health
      FROM webhook_configs w LEFT JOIN webhook_health h USING (webhook_id) CROSS JOIN LATERAL (
        SELECT coalesce(sum(pending), 0) AS pending FROM (
          SELECT ${PENDING} AS pending FROM webhook_totals WHERE webhook_id = w.webhook_id
          UNION ALL SELECT pending FROM unfolded WHERE webhook_id = w.webhook_id
        ) AS parts
      ) AS waiting
      WHERE w.app_id = a.app_id AND w.deleted_at IS NULL
    ) AS each
  ) AS webhooks
  WHERE a.tenant_id = $1 AND a.deleted_at IS NULL
    AND ($2::uuid IS NULL OR a.app_id = $2) AND ($4::uuid IS NULL OR a.app_id < $4)
  ORDER BY a.app_id DESC LIMIT $5`;

@Injectable()
export class AppSummariesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first; one row more than the limit when there is another page. */
  list({ tenantId, appId, limit, beforeId, statsSince, dueBefore }: AppListFilter): Promise<AppSummaryRow[]> {
    const parameters = [tenantId, appId, statsSince, beforeId, limit + 1, dueBefore];
    return this.dataSource.query<AppSummaryRow[]>(LIST_APPS, parameters);
  }
}
