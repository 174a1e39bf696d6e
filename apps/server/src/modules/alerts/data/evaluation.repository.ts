/** What an evaluation reads and writes: one short transaction per webhook, one evaluation of a webhook at a time. */
import { Injectable } from '@nestjs/common';
import { AUTOMATIC_RESOLVER } from '@im/contracts/api/alert-constants';
import { DataSource, type EntityManager } from 'typeorm';
import { UpdateHealthService } from '../../webhook-configs/health/update-health.service.js';
import type { AlertChange } from '../domain/alert-change.js';
import { effectiveSettings, type EffectiveAlertSettings } from '../domain/alert-settings.js';
import type { DismissedAlert, UnresolvedAlert, WebhookFacts } from '../domain/evaluate-webhook.js';
import { tellingOf } from '../domain/telling.js';
import { AlertNoticesRepository } from './alert-notices.repository.js';
import { settingsOfApp } from './alert-settings.repository.js';
import { applyAlertChanges } from './apply-alert-changes.js';

interface FactsRow extends WebhookFacts {
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
   * @param decide turns the state into changes
   * @returns the changes made; empty when the webhook was not due
   */
  evaluate(
    webhookId: string,
    at: Date,
    decide: (state: EvaluationState) => AlertChange[],
  ): Promise<AlertChange[]> {
    return this.dataSource.transaction(async (manager) => {
      // Not the health row's lock: recording outcomes must never wait for alerts.
      await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`alerts:${webhookId}`]);
      const facts = await factsOf(manager, webhookId);
      if (!facts) return [];
      const settings = effectiveSettings(await settingsOfApp(manager, facts.appId));
      const changes = decide({
        facts,
        unresolved: await manager.query<UnresolvedAlert[]>(
          `SELECT alert_id AS "alertId", rule, severity FROM alerts WHERE webhook_id = $1 AND status <> 'resolved'`,
          [webhookId],
        ),
        dismissed: await manager.query<DismissedAlert[]>(
          `SELECT DISTINCT ON (rule) rule, severity, opened_at AS "openedAt" FROM alerts
           WHERE webhook_id = $1 AND status = 'resolved' AND resolved_by <> '${AUTOMATIC_RESOLVER}'
           ORDER BY rule, alert_id DESC`,
          [webhookId],
        ),
        settings,
      });
      const { appId } = facts;
      const telling = tellingOf(settings, at);
      const planned = changes.map((change) => ({ appId, webhookId, change, telling }));
      await applyAlertChanges(manager, this.notices, planned, at);
      await this.health.markEvaluated(manager, webhookId, facts);
      return changes;
    });
  }
}

/** SQL: what waits for the webhook `w`, of what is counted. */
const WAITING_OF = `(
  SELECT coalesce(sum(total - succeeded - failed - canceled - skipped), 0) FROM (
    SELECT total, succeeded, failed, canceled, skipped FROM webhook_totals t WHERE t.webhook_id = w.webhook_id
    UNION ALL
    SELECT total, succeeded, failed, canceled, skipped FROM count_deltas d WHERE d.webhook_id = w.webhook_id
  ) AS counted)`;

async function factsOf(manager: EntityManager, webhookId: string): Promise<FactsRow | undefined> {
  const rows = await manager.query<FactsRow[]>(
    `SELECT w.app_id AS "appId", w.name, coalesce(w.masked_url, w.url) AS url, w.deleted_at IS NOT NULL AS "isDeleted",
            CASE WHEN NOT w.is_enabled THEN w.disabled_reason END AS "disabledReason",
            CASE WHEN NOT w.is_enabled AND w.disabled_reason <> 'by_person' THEN ${WAITING_OF} ELSE 0 END::int AS "waitingDeliveries",
            w.updated_at AS "configuredAt", h.unopenable_since AS "unopenableSince",
            h.consecutive_failures AS "consecutiveFailures", h.failing_since AS "failingSince",
            h.exhausted_since_success AS "exhaustedSinceSuccess",
            (h.exhausted_total - h.evaluated_exhausted_total)::int AS "newlyExhausted", h.exhausted_total AS "exhaustedTotal",
            h.last_failed_delivery_id AS "lastFailedDeliveryId", h.last_exhausted_delivery_id AS "lastExhaustedDeliveryId",
            h.last_error_class AS "lastErrorClass", h.last_response_status AS "lastResponseStatus", h.version
     FROM webhook_health h JOIN webhook_configs w USING (webhook_id)
     WHERE h.webhook_id = $1 AND h.version <> h.evaluated_version`,
    [webhookId],
  );
  return rows[0];
}
