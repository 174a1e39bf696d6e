/** Reads what a round looks at: webhooks and sources that have figures or alerts, with their alerts. */
import type { EntityManager } from 'typeorm';
import type { AlertRule } from '@im/contracts/api/alerts';
import type { AlertSubject } from '../domain/alert-change.js';
import { SOURCE_RULES, type SourceAlert, type WatchedSource } from '../domain/evaluate-sources.js';
import { WINDOW_RULES, type WatchedWebhook, type WindowAlert } from '../domain/evaluate-windows.js';
import type { FollowedAlert } from '../domain/follow-condition.js';
import { IS_DISMISSED, IS_UNRESOLVED } from './alert-columns.js';

export interface RoundSubject {
  subject: AlertSubject;
  appId: string;
}

export interface WebhookSubject extends RoundSubject {
  subject: { webhookId: string };
  webhook: WatchedWebhook;
  alerts: WindowAlert[];
}

export interface SourceSubject extends RoundSubject {
  subject: { sourceId: string };
  source: WatchedSource;
  alerts: SourceAlert[];
}

/** SQL: the source `s` can receive requests. */
export const IS_ACTIVE_SOURCE = `(s.is_enabled AND s.deleted_at IS NULL AND EXISTS (
  SELECT FROM apps JOIN tenants USING (tenant_id)
  WHERE apps.app_id = s.app_id AND apps.deleted_at IS NULL AND tenants.suspended_at IS NULL))`;

export async function webhookSubjects(
  manager: EntityManager,
  measuredIds: readonly string[],
): Promise<WebhookSubject[]> {
  const alerts = await alertsBySubject(manager, 'webhook_id', WINDOW_RULES);
  const webhooks = await manager.query<(WatchedWebhook & { webhookId: string; appId: string })[]>(
    `SELECT webhook_id AS "webhookId", app_id AS "appId", name, coalesce(masked_url, url) AS url,
            is_enabled AND deleted_at IS NULL AS "isActive", paused_since IS NOT NULL AS "isPausedByPerson"
     FROM webhook_configs WHERE webhook_id = ANY($1) ORDER BY app_id, webhook_id`,
    [[...new Set([...measuredIds, ...alerts.keys()])]],
  );
  return webhooks.map(({ webhookId, appId, ...webhook }) => ({
    subject: { webhookId },
    appId,
    webhook,
    alerts: alerts.get(webhookId) ?? [],
  }));
}

export async function sourceSubjects(
  manager: EntityManager,
  measuredIds: readonly string[],
): Promise<SourceSubject[]> {
  const alerts = await alertsBySubject(manager, 'source_id', SOURCE_RULES);
  const sources = await manager.query<(WatchedSource & { sourceId: string; appId: string })[]>(
    `SELECT s.source_id AS "sourceId", s.app_id AS "appId", s.name, s.kind, ${IS_ACTIVE_SOURCE} AS "isActive",
            s.last_received_at AS "lastReceivedAt", s.resumed_at AS "resumedAt"
     FROM sources s WHERE s.source_id = ANY($1) ORDER BY s.app_id, s.source_id`,
    [[...new Set([...measuredIds, ...alerts.keys()])]],
  );
  return sources.map(({ sourceId, appId, ...source }) => ({
    subject: { sourceId },
    appId,
    source,
    alerts: alerts.get(sourceId) ?? [],
  }));
}

/** Unresolved alerts, and those that a person closed while their condition lasts. */
async function alertsBySubject<Rule extends AlertRule>(
  manager: EntityManager,
  column: 'webhook_id' | 'source_id',
  rules: readonly Rule[],
): Promise<Map<string, FollowedAlert<Rule>[]>> {
  const columns = `alert_id AS "alertId", ${column} AS "subjectId", rule, severity, detail,
    clear_since AS "clearSince", status = 'resolved' AS "isDismissed"`;
  const rows = await manager.query<(FollowedAlert<Rule> & { subjectId: string })[]>(
    `SELECT ${columns} FROM alerts WHERE rule = ANY($1) AND ${IS_UNRESOLVED}
     UNION ALL
     SELECT ${columns} FROM alerts WHERE rule = ANY($1) AND ${IS_DISMISSED}`,
    [rules],
  );
  return Map.groupBy(rows, ({ subjectId }) => subjectId);
}
