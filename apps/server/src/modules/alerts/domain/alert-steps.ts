/** The history of an alert: what its row says of its steps, and what was to be told of each. */
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

export interface ToldStep {
  kind: AlertStep;
  at: Date;
  severity: AlertSeverity;
  detail: AlertDetail;
}

/** @param told oldest first; of alerts from before notices were written there are none */
export function stepsOf(alert: AlertTimes, told: readonly ToldStep[]): HistoryStep[] {
  const { openedAt, escalatedAt, acknowledgedAt, acknowledgedBy, resolvedAt } = alert;
  const resolvedBy = alert.resolvedBy === AUTOMATIC_RESOLVER ? null : alert.resolvedBy;
  const reminders = told.filter(({ kind }) => kind === 'reminder');
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
      const notice = told.find((one) => one.kind === kind && one.at.getTime() === at.getTime());
      return {
        kind,
        at: at.toISOString(),
        by,
        severity: notice?.severity ?? null,
        detail: notice?.detail ?? null,
      };
    });
}
