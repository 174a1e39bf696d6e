/** What an evaluation reads and writes: one short transaction per webhook, one evaluation of a webhook at a time. */
import { Injectable } from '@nestjs/common';
import { AUTOMATIC_RESOLVER } from '@im/contracts/api/alerts';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidV7 } from 'uuid';
import type {
  AlertChange,
  DismissedAlert,
  UnresolvedAlert,
  WebhookFacts,
} from '../domain/evaluate-webhook.js';

interface FactsRow extends WebhookFacts {
  appId: string;
  version: number;
  exhaustedTotal: number;
}

export interface EvaluationState {
  facts: WebhookFacts;
  unresolved: UnresolvedAlert[];
  dismissed: DismissedAlert[];
}

@Injectable()
export class EvaluationRepository {
  constructor(private readonly dataSource: DataSource) {}

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
      const changes = decide({
        facts,
        unresolved: await manager.query<UnresolvedAlert[]>(
          `SELECT alert_id AS "alertId", rule, severity FROM alerts WHERE webhook_id = $1 AND status <> 'resolved'`,
          [webhookId],
        ),
        dismissed: await manager.query<DismissedAlert[]>(
          `SELECT DISTINCT ON (rule) rule, severity, opened_at AS "openedAt" FROM alerts
           WHERE webhook_id = $1 AND status = 'resolved' AND resolved_by <> $2 ORDER BY rule, alert_id DESC`,
          [webhookId, AUTOMATIC_RESOLVER],
        ),
      });
      for (const change of changes) await apply(manager, change, { appId: facts.appId, webhookId, at });
      await manager.query(
        `UPDATE webhook_health SET evaluated_version = $2, evaluated_exhausted_total = $3 WHERE webhook_id = $1`,
        [webhookId, facts.version, facts.exhaustedTotal],
      );
      return changes;
    });
  }
}

async function factsOf(manager: EntityManager, webhookId: string): Promise<FactsRow | undefined> {
  const rows = await manager.query<FactsRow[]>(
    `SELECT w.app_id AS "appId", w.name, w.url, w.deleted_at IS NOT NULL AS "isDeleted",
            CASE WHEN NOT w.is_enabled THEN w.disabled_reason END AS "disabledReason",
            w.updated_at AS "configuredAt",
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

async function apply(
  manager: EntityManager,
  change: AlertChange,
  { appId, webhookId, at }: { appId: string; webhookId: string; at: Date },
): Promise<void> {
  switch (change.kind) {
    case 'open':
      await manager.query(
        `INSERT INTO alerts (alert_id, app_id, webhook_id, rule, severity, status, detail, opened_at, resolved_at, resolved_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          uuidV7(),
          appId,
          webhookId,
          change.rule,
          change.severity,
          change.isOver ? 'resolved' : 'open',
          change.detail,
          at,
          change.isOver ? at : null,
          change.isOver ? AUTOMATIC_RESOLVER : null,
        ],
      );
      return;
    case 'update':
      await manager.query(
        `UPDATE alerts SET severity = $2, detail = $3, escalated_at = CASE WHEN $4 THEN $5 ELSE escalated_at END WHERE alert_id = $1`,
        [change.alertId, change.severity, change.detail, change.isEscalation, at],
      );
      return;
    case 'resolve':
      await manager.query(
        `UPDATE alerts SET status = 'resolved', resolved_at = $2, resolved_by = $3 WHERE alert_id = $1 AND status <> 'resolved'`,
        [change.alertId, at, AUTOMATIC_RESOLVER],
      );
  }
}
