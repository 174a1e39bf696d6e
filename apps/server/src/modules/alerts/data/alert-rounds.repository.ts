/** Runs the rounds over rules with a time window: assigns them to a worker, and writes what they decide. */
import { Injectable } from '@nestjs/common';
import type { AlertSeverity } from '@im/contracts/api/alerts';
import { DataSource, type EntityManager } from 'typeorm';
import { ALERT_ROUND_LOCK, tryLock } from '../../../platform/database/advisory-locks.js';
import type { AlertChange, SubjectChange } from '../domain/alert-change.js';
import type { NotifyPolicy } from '../domain/notify-policy.js';
import { AlertNoticesRepository } from './alert-notices.repository.js';
import { applyAlertChanges } from './apply-alert-changes.js';
import {
  sourceSubjects,
  webhookSubjects,
  type RoundSubject,
  type SourceSubject,
  type WebhookSubject,
} from './round-subjects.js';

const REMINDERS_PER_ROUND = 2_000;

interface DueReminder {
  alertId: string;
  appId: string;
  severity: AlertSeverity;
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
  evaluateWebhooks(
    measuredIds: readonly string[],
    decide: (subject: WebhookSubject) => AlertChange[],
    policyOf: (appId: string) => NotifyPolicy,
    at: Date,
  ): Promise<SubjectChange[] | null> {
    return this.evaluate((manager) => webhookSubjects(manager, measuredIds), decide, policyOf, at);
  }

  /** Evaluates the sources that have figures or alerts, as {@link evaluateWebhooks} does webhooks. */
  evaluateSources(
    measuredIds: readonly string[],
    decide: (subject: SourceSubject) => AlertChange[],
    policyOf: (appId: string) => NotifyPolicy,
    at: Date,
  ): Promise<SubjectChange[] | null> {
    return this.evaluate((manager) => sourceSubjects(manager, measuredIds), decide, policyOf, at);
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
  private evaluate<Subject extends RoundSubject>(
    read: (manager: EntityManager) => Promise<Subject[]>,
    decide: (subject: Subject) => AlertChange[],
    policyOf: (appId: string) => NotifyPolicy,
    at: Date,
  ): Promise<SubjectChange[] | null> {
    return this.dataSource.transaction(async (manager) => {
      if (!(await tryLock(manager, ALERT_ROUND_LOCK))) return null;
      const planned = (await read(manager)).flatMap((each) => {
        const { subject, appId } = each;
        return decide(each).map((change) => ({ subject, appId, change, policy: policyOf(appId) }));
      });
      if (planned.length > 0) await applyAlertChanges(manager, this.notices, planned, at);
      return planned.map(({ subject, change }) => ({ subject, change }));
    });
  }
}
