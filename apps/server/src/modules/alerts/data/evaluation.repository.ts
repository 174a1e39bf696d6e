/** Reads and writes for an evaluation: one short transaction for many webhooks, one evaluation of a webhook at a time. */
import { Injectable } from '@nestjs/common';
import { AUTOMATIC_RESOLVER } from '@im/contracts/api/alert-constants';
import { DataSource, type EntityManager } from 'typeorm';
import { UpdateHealthService } from '../../webhook-configs/health/update-health.service.js';
import type { AlertChange, SubjectChange } from '../domain/alert-change.js';
import { effectiveSettings, type EffectiveAlertSettings } from '../domain/alert-settings.js';
import type { DismissedAlert, UnresolvedAlert, WebhookFacts } from '../domain/evaluate-webhook.js';
import { notifyPolicyOf, type NotifyPolicy } from '../domain/notify-policy.js';
import { AlertNoticesRepository } from './alert-notices.repository.js';
import { settingsOfApps } from './alert-settings.repository.js';
import { applyAlertChanges } from './apply-alert-changes.js';

interface FactsRow extends WebhookFacts {
  webhookId: string;
  appId: string;
  version: number;
  exhaustedTotal: number;
}

export interface EvaluationState {
  facts: WebhookFacts;
  unresolved: UnresolvedAlert[];
  dismissed: DismissedAlert[];
  settings: EffectiveAlertSettings;
}

interface SettingsInForce {
  settings: EffectiveAlertSettings;
  policy: NotifyPolicy;
}

@Injectable()
export class EvaluationRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly notices: AlertNoticesRepository,
    private readonly health: UpdateHealthService,
  ) {}

  /** Webhooks whose state changed since their alerts were last looked at. */
  async due(limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ webhook_id: string }[]>(
      'SELECT webhook_id FROM webhook_health WHERE version <> evaluated_version LIMIT $1',
      [limit],
    );
    return rows.map((row) => row.webhook_id);
  }

  /**
   * @param decide computes changes from the state of a webhook
   * @returns the changes made; none for webhooks that were not due
   */
  evaluate(
    webhookIds: readonly string[],
    at: Date,
    decide: (state: EvaluationState) => AlertChange[],
  ): Promise<SubjectChange[]> {
    return this.dataSource.transaction(async (manager) => {
      await lockAlertsOf(manager, webhookIds);
      const facts = await factsOf(manager, webhookIds);
      if (facts.length === 0) return [];
      const ids = facts.map(({ webhookId }) => webhookId);
      const settingsOf = await readSettings(manager, facts, at);
      const unresolved = await unresolvedOf(manager, ids);
      const dismissed = await dismissedOf(manager, ids);
      const planned = facts.flatMap((each) => {
        const { appId, webhookId } = each;
        const { settings, policy } = settingsOf(appId);
        const changes = decide({
          facts: each,
          unresolved: unresolved.get(webhookId) ?? [],
          dismissed: dismissed.get(webhookId) ?? [],
          settings,
        });
        return changes.map((change) => ({ appId, subject: { webhookId }, change, policy }));
      });
      await applyAlertChanges(manager, this.notices, planned, at);
      await this.health.markEvaluated(manager, facts);
      return planned.map(({ subject, change }) => ({ subject, change }));
    });
  }
}

/**
 * Locks the webhooks against other evaluations until the transaction ends, always in the same order. The health rows are
 * not locked, because recording outcomes must never wait for alerts.
 */
async function lockAlertsOf(manager: EntityManager, webhookIds: readonly string[]): Promise<void> {
  await manager.query(
    `SELECT pg_advisory_xact_lock(key) FROM (
       SELECT DISTINCT hashtextextended('alerts:' || id, 0) AS key FROM unnest($1::text[]) AS id ORDER BY key
     ) AS keys`,
    [webhookIds],
  );
}

/** SQL: the number of pending deliveries of the webhook `w`. */
const WAITING_OF = `(
  SELECT coalesce(sum(total - succeeded - failed - canceled - skipped), 0) FROM (
    SELECT total, succeeded, failed, canceled, skipped FROM webhook_totals t WHERE t.webhook_id = w.webhook_id
    UNION ALL
    SELECT total, succeeded, failed, canceled, skipped FROM count_deltas d WHERE d.webhook_id = w.webhook_id
  ) AS counted)`;

/** Reads the webhooks that are due. */
function factsOf(manager: EntityManager, webhookIds: readonly string[]): Promise<FactsRow[]> {
  return manager.query<FactsRow[]>(
    `SELECT w.webhook_id AS "webhookId", w.app_id AS "appId", w.name, coalesce(w.masked_url, w.url) AS url,
            w.deleted_at IS NOT NULL AS "isDeleted",
            CASE WHEN NOT w.is_enabled THEN w.disabled_reason END AS "disabledReason",
            CASE WHEN NOT w.is_enabled AND w.disabled_reason <> 'by_person' THEN ${WAITING_OF} ELSE 0 END::int AS "waitingDeliveries",
            w.updated_at AS "configuredAt", h.unopenable_since AS "unopenableSince",
            h.consecutive_failures AS "consecutiveFailures", h.failing_since AS "failingSince",
            h.exhausted_since_success AS "exhaustedSinceSuccess",
            (h.exhausted_total - h.evaluated_exhausted_total)::int AS "newlyExhausted", h.exhausted_total AS "exhaustedTotal",
            h.last_failed_delivery_id AS "lastFailedDeliveryId", h.last_exhausted_delivery_id AS "lastExhaustedDeliveryId",
            h.last_error_class AS "lastErrorClass", h.last_response_status AS "lastResponseStatus", h.version
     FROM webhook_health h JOIN webhook_configs w USING (webhook_id)
     WHERE h.webhook_id = ANY($1) AND h.version <> h.evaluated_version`,
    [webhookIds],
  );
}

async function readSettings(
  manager: EntityManager,
  facts: readonly FactsRow[],
  at: Date,
): Promise<(appId: string) => SettingsInForce> {
  const appIds = [...new Set(facts.map(({ appId }) => appId))];
  const stored = await settingsOfApps(manager, appIds);
  const inForce = new Map(
    appIds.map((appId) => {
      const settings = effectiveSettings(stored.get(appId));
      return [appId, { settings, policy: notifyPolicyOf(settings, at) }];
    }),
  );
  return (appId) => {
    const found = inForce.get(appId);
    if (!found) throw new Error(`The settings of app ${appId} were not read`);
    return found;
  };
}

async function unresolvedOf(
  manager: EntityManager,
  webhookIds: readonly string[],
): Promise<Map<string, UnresolvedAlert[]>> {
  const rows = await manager.query<(UnresolvedAlert & { webhookId: string })[]>(
    `SELECT webhook_id AS "webhookId", alert_id AS "alertId", rule, severity FROM alerts
     WHERE webhook_id = ANY($1) AND status <> 'resolved'`,
    [webhookIds],
  );
  return Map.groupBy(rows, ({ webhookId }) => webhookId);
}

/** Reads the latest alert of each rule that a person resolved. */
async function dismissedOf(
  manager: EntityManager,
  webhookIds: readonly string[],
): Promise<Map<string, DismissedAlert[]>> {
  const rows = await manager.query<(DismissedAlert & { webhookId: string })[]>(
    `SELECT DISTINCT ON (webhook_id, rule) webhook_id AS "webhookId", rule, severity, opened_at AS "openedAt" FROM alerts
     WHERE webhook_id = ANY($1) AND status = 'resolved' AND resolved_by <> '${AUTOMATIC_RESOLVER}'
     ORDER BY webhook_id, rule, alert_id DESC`,
    [webhookIds],
  );
  return Map.groupBy(rows, ({ webhookId }) => webhookId);
}
