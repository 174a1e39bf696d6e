/** Runs the rounds over rules with a time window: assigns them to a worker, reads the subjects, writes the changes. */
import { Injectable } from '@nestjs/common';
import { AUTOMATIC_RESOLVER } from '@im/contracts/api/alert-constants';
import { DataSource, type EntityManager } from 'typeorm';
import { ALERT_ROUND_LOCK, tryLock } from '../../../platform/database/advisory-locks.js';
import type { AlertChange } from '../domain/alert-change.js';
import { WINDOW_RULES, type WatchedWebhook, type WindowAlert } from '../domain/evaluate-windows.js';
import type { NotifyPolicy } from '../domain/notify-policy.js';
import { AlertNoticesRepository } from './alert-notices.repository.js';
import { applyAlertChanges } from './apply-alert-changes.js';

const REMINDERS_PER_ROUND = 2_000;

export interface WindowSubject {
  webhookId: string;
  appId: string;
  webhook: WatchedWebhook;
  alerts: WindowAlert[];
}

export interface WebhookChange {
  webhookId: string;
  change: AlertChange;
}

type AlertRow = WindowAlert & { webhookId: string };
type WebhookRow = WatchedWebhook & { webhookId: string; appId: string };
interface DueReminder {
  alertId: string;
  appId: string;
  severity: WindowAlert['severity'];
  reminders: number;
}

@Injectable()
export class AlertRoundsRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly notices: AlertNoticesRepository,
  ) {}

  /**
   * Gives each round to one worker. If it dies, the next round comes soon.
   *
   * @returns whether it is the caller's
   */
  async take(now: Date, everyMs: number): Promise<boolean> {
    // A clock that was far ahead must not delay all later rounds.
    const rows = await this.dataSource.query<unknown[]>(
      `WITH taken AS (
         UPDATE alert_rounds SET next_at = $1::timestamptz + $2::integer * interval '1 millisecond'
         WHERE next_at <= $1 OR next_at > $1::timestamptz + 10 * $2::integer * interval '1 millisecond' RETURNING 1
       ) SELECT * FROM taken`,
      [now.toISOString(), everyMs],
    );
    return rows.length > 0;
  }

  /**
   * Evaluates the webhooks that have figures or alerts, in one transaction.
   *
   * @param measuredIds the webhooks that have figures
   * @returns what was changed; null while the round before is still running
   */
  evaluate(
    measuredIds: readonly string[],
    decide: (subject: WindowSubject) => AlertChange[],
    policyOf: (appId: string) => NotifyPolicy,
    at: Date,
  ): Promise<WebhookChange[] | null> {
    return this.dataSource.transaction(async (manager) => {
      if (!(await tryLock(manager, ALERT_ROUND_LOCK))) return null;
      const planned = (await subjectsOf(manager, measuredIds)).flatMap((subject) => {
        const { webhookId, appId } = subject;
        return decide(subject).map((change) => ({ webhookId, appId, change, policy: policyOf(appId) }));
      });
      if (planned.length > 0) await applyAlertChanges(manager, this.notices, planned, at);
      return planned.map(({ webhookId, change }) => ({ webhookId, change }));
    });
  }

  /**
   * Writes reminders of open alerts that are due for one.
   *
   * @returns how many, at most the limit of a round
   */
  remind(policyOf: (appId: string) => NotifyPolicy, at: Date): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const due = await manager.query<DueReminder[]>(
        `SELECT alert_id AS "alertId", app_id AS "appId", severity, reminders FROM alerts
         WHERE status = 'open' AND next_reminder_at <= $1
         ORDER BY next_reminder_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
        [at.toISOString(), REMINDERS_PER_ROUND],
      );
      if (due.length === 0) return 0;
      const next = due.map(({ appId, severity, reminders }) =>
        policyOf(appId).remindAt(severity, reminders + 1),
      );
      await manager.query(
        `UPDATE alerts a SET reminders = least(a.reminders + 1, 1000), next_reminder_at = i.next_at
         FROM unnest($1::uuid[], $2::timestamptz[]) AS i(alert_id, next_at) WHERE a.alert_id = i.alert_id`,
        [due.map(({ alertId }) => alertId), next.map((instant) => instant?.toISOString() ?? null)],
      );
      const notices = due.map(({ alertId, appId, severity }) => ({
        alertId,
        kind: 'reminder' as const,
        deferredUntil: policyOf(appId).deferredUntil(severity),
      }));
      await this.notices.insert(manager, notices, at);
      return due.length;
    });
  }
}

async function subjectsOf(manager: EntityManager, measuredIds: readonly string[]): Promise<WindowSubject[]> {
  const alerts = await alertsByWebhook(manager);
  const webhooks = await manager.query<WebhookRow[]>(
    `SELECT webhook_id AS "webhookId", app_id AS "appId", name, coalesce(masked_url, url) AS url,
            is_enabled AND deleted_at IS NULL AS "isActive", paused_since IS NOT NULL AS "isPausedByPerson"
     FROM webhook_configs WHERE webhook_id = ANY($1) ORDER BY app_id, webhook_id`,
    [[...new Set([...measuredIds, ...alerts.keys()])]],
  );
  return webhooks.map(({ webhookId, appId, ...webhook }) => ({
    webhookId,
    appId,
    webhook,
    alerts: alerts.get(webhookId) ?? [],
  }));
}

/** Unresolved alerts, and those that a person closed while their condition lasts. */
async function alertsByWebhook(manager: EntityManager): Promise<Map<string, WindowAlert[]>> {
  const columns = `alert_id AS "alertId", webhook_id AS "webhookId", rule, severity, detail,
    clear_since AS "clearSince", status = 'resolved' AS "isDismissed"`;
  const rows = await manager.query<AlertRow[]>(
    `SELECT ${columns} FROM alerts WHERE rule = ANY($1) AND status <> 'resolved'
     UNION ALL
     SELECT ${columns} FROM alerts WHERE rule = ANY($1) AND status = 'resolved'
       AND resolved_by <> '${AUTOMATIC_RESOLVER}' AND clear_since IS NULL`,
    [WINDOW_RULES],
  );
  return Map.groupBy(rows, ({ webhookId }) => webhookId);
}
