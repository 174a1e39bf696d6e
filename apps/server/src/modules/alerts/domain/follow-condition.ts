/**
 * Decides what the condition of a rule means for the alerts of what it is about: one unresolved alert per rule, which
 * escalates instead of multiplying. Figures fluctuate around a threshold, so an alert opens at once but is resolved only
 * after its condition has been gone for a while; if it returns sooner, the same alert goes on.
 */
import type { AlertDetail, AlertRule, AlertSeverity } from '@im/contracts/api/alerts';
import type { AlertChange } from './alert-change.js';

/** How long the condition has to be gone. */
const RESOLVE_AFTER_MS = 300_000;

export interface FollowedAlert<Rule extends AlertRule> {
  alertId: string;
  rule: Rule;
  severity: AlertSeverity;
  detail: AlertDetail;
  /** Since when its condition has been gone; null: it lasts. */
  clearSince: Date | null;
  /** A person closed it, and its condition has not been gone since. */
  isDismissed: boolean;
}

export interface Condition {
  severity: AlertSeverity;
  figures: AlertDetail;
}

interface Passed {
  severity: AlertSeverity;
  threshold: number;
}

export interface Followed<Rule extends AlertRule> {
  rule: Rule;
  /** What the alert says of what it is about. */
  subject: AlertDetail;
  /** null: it does not hold. */
  condition: Condition | null;
  /** Its alert is resolved as soon as the condition is gone: it cannot return soon, or the rule no longer applies. */
  endsAtOnce: boolean;
}

/** @param alerts of the rule and of others */
export function followCondition<Rule extends AlertRule>(
  { rule, subject, condition, endsAtOnce }: Followed<Rule>,
  alerts: readonly FollowedAlert<Rule>[],
  at: Date,
): AlertChange[] {
  const ofRule = alerts.filter((alert) => alert.rule === rule);
  const alert = ofRule.find(({ isDismissed }) => !isDismissed);
  const dismissed = ofRule.filter(({ isDismissed }) => isDismissed);
  if (!condition) return [...dismissed.map(clearingOf), ...(alert ? endOf(alert, endsAtOnce, at) : [])];
  const { severity } = condition;
  const detail = { ...subject, ...condition.figures };
  if (alert) return updateOf(alert, severity, detail);
  const isKnown = dismissed.some((one) => one.severity === 'critical' || severity === 'warning');
  return isKnown ? [] : [{ kind: 'open', rule, severity, detail, isOver: false }];
}

/** The higher of the thresholds that are passed. */
export function passedOf(
  isPast: (threshold: number) => boolean,
  warning: number,
  critical: number | null,
): Passed | null {
  if (critical !== null && isPast(critical)) return { severity: 'critical', threshold: critical };
  return isPast(warning) ? { severity: 'warning', threshold: warning } : null;
}

/** @param passed null: no threshold is */
export function withFigures(passed: Passed | null, figures: AlertDetail): Condition | null {
  return passed && { severity: passed.severity, figures: { ...figures, threshold: passed.threshold } };
}

type AnyAlert = FollowedAlert<AlertRule>;

/** Severity only ever rises while an alert is unresolved. */
function updateOf(alert: AnyAlert, severity: AlertSeverity, detail: AlertDetail): AlertChange[] {
  const isEscalation = alert.severity === 'warning' && severity === 'critical';
  if (!isEscalation && alert.clearSince === null && isSame(alert.detail, detail)) return [];
  const { alertId } = alert;
  return [
    { kind: 'update', alertId, severity: isEscalation ? severity : alert.severity, isEscalation, detail },
  ];
}

function endOf(alert: AnyAlert, endsAtOnce: boolean, at: Date): AlertChange[] {
  const { alertId, severity, clearSince } = alert;
  const isOver = clearSince !== null && at.getTime() - clearSince.getTime() >= RESOLVE_AFTER_MS;
  if (isOver || endsAtOnce) return [{ kind: 'resolve', alertId, severity }];
  return clearSince === null ? [{ kind: 'clearing', alertId }] : [];
}

function clearingOf({ alertId }: AnyAlert): AlertChange {
  return { kind: 'clearing', alertId };
}

function isSame(one: AlertDetail, other: AlertDetail): boolean {
  const text = (detail: AlertDetail) => JSON.stringify(Object.entries(detail).sort());
  return text(one) === text(other);
}
