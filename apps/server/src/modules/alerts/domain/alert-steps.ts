/** Composes the history of an alert from its row and its notices. */
import type { AlertDetail, AlertSeverity, AlertStep as HistoryStep } from '@im/contracts/api/alerts';
import { AUTOMATIC_RESOLVER } from '@im/contracts/api/alert-constants';
import type { AlertStep } from './alert-notice.js';

interface AlertTimes {
  openedAt: Date;
  escalatedAt: Date | null;
  acknowledgedAt: Date | null;
  acknowledgedBy: string | null;
  resolvedAt: Date | null;
  resolvedBy: string | null;
}

export interface NoticedStep {
  kind: AlertStep;
  at: Date;
  severity: AlertSeverity;
  detail: AlertDetail;
}

/** @param noticed oldest first; none for alerts older than the outbox */
export function stepsOf(alert: AlertTimes, noticed: readonly NoticedStep[]): HistoryStep[] {
  const { openedAt, escalatedAt, acknowledgedAt, acknowledgedBy, resolvedAt } = alert;
  const resolvedBy = alert.resolvedBy === AUTOMATIC_RESOLVER ? null : alert.resolvedBy;
  const reminders = noticed.filter(({ kind }) => kind === 'reminder');
  const steps: { kind: HistoryStep['kind']; at: Date | null; by: string | null }[] = [
    { kind: 'opened', at: openedAt, by: null },
    { kind: 'escalated', at: escalatedAt, by: null },
    { kind: 'acknowledged', at: acknowledgedAt, by: acknowledgedBy },
    ...reminders.map(({ kind, at }) => ({ kind, at, by: null })),
    { kind: 'resolved', at: resolvedAt, by: resolvedBy },
  ];
  return steps
    .flatMap(({ kind, at, by }) => (at === null ? [] : [{ kind, at, by }]))
    .sort((one, other) => one.at.getTime() - other.at.getTime())
    .map(({ kind, at, by }) => {
      const notice = noticed.find((one) => one.kind === kind && one.at.getTime() === at.getTime());
      return {
        kind,
        at: at.toISOString(),
        by,
        severity: notice?.severity ?? null,
        detail: notice?.detail ?? null,
      };
    });
}
