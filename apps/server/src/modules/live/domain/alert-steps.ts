/** Finds alerts that took a step since a reader's last event. */
import type { Alert } from '@im/contracts/api/alerts';

/** How long resolved alerts are read: longer than a reader may be away and still get what it missed. */
export const RESOLVED_MS = 600_000;
/** Steps carry the time of the process that took them; clocks differ by less. */
const CLOCK_SKEW_MS = 5_000;

export class AlertSteps {
  private seen: Map<string, string> | undefined;

  /** @param knownUntilMs what happened before is known to the reader; undefined: everything up to now is */
  constructor(private readonly knownUntilMs: number | undefined) {}

  /** @returns those that opened, escalated, were acknowledged or resolved since the last look */
  of(alerts: readonly Alert[]): Alert[] {
    const before = this.seen;
    this.seen = new Map(alerts.map((alert) => [alert.alertId, stepOf(alert)]));
    if (before) return alerts.filter((alert) => before.get(alert.alertId) !== stepOf(alert));
    const { knownUntilMs } = this;
    if (knownUntilMs === undefined) return [];
    return alerts.filter((alert) => lastStepMs(alert) >= knownUntilMs - CLOCK_SKEW_MS);
  }
}

function stepOf({ status, severity, escalatedAt }: Alert): string {
  return `${status} ${severity} ${escalatedAt ?? ''}`;
}

function lastStepMs({ openedAt, escalatedAt, acknowledgedAt, resolvedAt }: Alert): number {
  const steps = [openedAt, escalatedAt, acknowledgedAt, resolvedAt].filter((at) => at !== null);
  return Math.max(...steps.map((at) => Date.parse(at)));
}
