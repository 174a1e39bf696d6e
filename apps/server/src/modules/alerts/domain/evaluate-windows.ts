/**
 * Decides what the figures of a time window mean for a webhook's alerts. Figures fluctuate around a threshold, so an
 * alert opens at once but is resolved only after its condition has been gone for a while; if it returns sooner, the
 * same alert goes on.
 */
import type { AlertRules } from '@im/contracts/api/alert-rules';
import type { AlertDetail, AlertSeverity } from '@im/contracts/api/alerts';
import { maskCallbackUrl } from '@im/contracts/urls/mask-callback-url';
import type { AlertChange } from './alert-change.js';

export const WINDOW_RULES = ['success_rate', 'slow', 'backlog', 'before_failing'] as const;
export type WindowRule = (typeof WINDOW_RULES)[number];

/** How long the condition has to be gone. */
const RESOLVE_AFTER_MS = 300_000;

const MINUTE_MS = 60_000;

/** What was measured of one webhook; absent: nothing worth mentioning. */
export interface WindowFigures {
  /** Of the window of the rule `success_rate`. */
  successRate?: { attempts: number; failures: number } | undefined;
  /** Of the window of the rule `slow`. */
  slow?: { attempts: number; p95Ms: number } | undefined;
  /** Of the window of the rule `before_failing`, without what came while a person had paused the webhook. */
  before?: { questions: number; byPolicy: number } | undefined;
  /** The delivery that has been due for longest. */
  backlog?: { dueAt: Date; deliveryId: string } | undefined;
}

export interface WatchedWebhook {
  name: string;
  url: string;
  /** Enabled and not deleted. */
  isActive: boolean;
  /** A person paused it, so its backlog is intended. */
  isPausedByPerson: boolean;
}

export interface WindowAlert {
  alertId: string;
  rule: WindowRule;
  severity: AlertSeverity;
  detail: AlertDetail;
  /** Since when its condition has been gone; null: it lasts. */
  clearSince: Date | null;
  /** A person closed it, and its condition has not been gone since. */
  isDismissed: boolean;
}

interface Passed {
  severity: AlertSeverity;
  threshold: number;
}

interface Condition {
  severity: AlertSeverity;
  figures: Partial<AlertDetail>;
}

export function evaluateWindows(
  webhook: WatchedWebhook,
  figures: WindowFigures,
  alerts: readonly WindowAlert[],
  rules: AlertRules,
  at: Date,
): AlertChange[] {
  return WINDOW_RULES.flatMap((rule) => {
    const isPaused = rule === 'backlog' && webhook.isPausedByPerson;
    const isWatched = webhook.isActive && !isPaused && rules[rule].enabled;
    const condition = isWatched ? conditionOf(rule, figures, rules, at) : null;
    const ofRule = alerts.filter((alert) => alert.rule === rule);
    const alert = ofRule.find(({ isDismissed }) => !isDismissed);
    const dismissed = ofRule.filter(({ isDismissed }) => isDismissed);
    if (!condition) return [...dismissed.map(clearingOf), ...(alert ? endOf(alert, isWatched, at) : [])];
    const detail = {
      webhookName: webhook.name,
      webhookUrl: maskCallbackUrl(webhook.url),
      ...condition.figures,
    };
    if (alert) return updateOf(alert, condition.severity, detail);
    const isKnown = dismissed.some(
      ({ severity }) => severity === 'critical' || condition.severity === 'warning',
    );
    return isKnown ? [] : [{ kind: 'open', rule, severity: condition.severity, detail, isOver: false }];
  });
}

function conditionOf(
  rule: WindowRule,
  figures: WindowFigures,
  rules: AlertRules,
  at: Date,
): Condition | null {
  switch (rule) {
    case 'success_rate':
      return successRateOf(figures.successRate, rules.success_rate);
    case 'slow':
      return slowOf(figures.slow, rules.slow);
    case 'backlog':
      return backlogOf(figures.backlog, rules.backlog, at);
    case 'before_failing':
      return beforeFailingOf(figures.before, rules.before_failing);
  }
}

function successRateOf(
  measured: WindowFigures['successRate'],
  { warningPercent, criticalPercent, windowMinutes, minAttempts }: AlertRules['success_rate'],
): Condition | null {
  if (!measured || measured.attempts < minAttempts) return null;
  const { attempts, failures } = measured;
  const percent = ((attempts - failures) / attempts) * 100;
  const passed = passedOf((threshold) => percent < threshold, warningPercent, criticalPercent);
  const successRatePercent = Math.floor(percent * 10) / 10;
  return passed && withFigures(passed, { windowMinutes, attempts, failures, successRatePercent });
}

function slowOf(
  measured: WindowFigures['slow'],
  { warningMs, criticalMs, windowMinutes, minAttempts }: AlertRules['slow'],
): Condition | null {
  if (!measured || measured.attempts < minAttempts) return null;
  const { attempts, p95Ms } = measured;
  const passed = passedOf((threshold) => p95Ms > threshold, warningMs, criticalMs);
  return passed && withFigures(passed, { windowMinutes, attempts, p95Ms: Math.round(p95Ms) });
}

function backlogOf(
  oldest: WindowFigures['backlog'],
  { warningMinutes, criticalMinutes }: AlertRules['backlog'],
  at: Date,
): Condition | null {
  if (!oldest) return null;
  const waitMinutes = (at.getTime() - oldest.dueAt.getTime()) / MINUTE_MS;
  const passed = passedOf((threshold) => waitMinutes > threshold, warningMinutes, criticalMinutes);
  const { deliveryId: oldestDeliveryId } = oldest;
  return passed && withFigures(passed, { oldestWaitMinutes: Math.floor(waitMinutes), oldestDeliveryId });
}

function beforeFailingOf(
  measured: WindowFigures['before'],
  { warningPercent, criticalPercent, windowMinutes, minQuestions }: AlertRules['before_failing'],
): Condition | null {
  if (!measured || measured.questions < minQuestions) return null;
  const { questions, byPolicy } = measured;
  const percent = (byPolicy / questions) * 100;
  const passed = passedOf((threshold) => percent >= threshold, warningPercent, criticalPercent);
  const byPolicyPercent = Math.floor(percent * 10) / 10;
  return passed && withFigures(passed, { windowMinutes, questions, byPolicy, byPolicyPercent });
}

/** The higher of the thresholds that are passed. */
function passedOf(
  isPast: (threshold: number) => boolean,
  warning: number,
  critical: number | null,
): Passed | null {
  if (critical !== null && isPast(critical)) return { severity: 'critical', threshold: critical };
  return isPast(warning) ? { severity: 'warning', threshold: warning } : null;
}

function withFigures({ severity, threshold }: Passed, figures: Partial<AlertDetail>): Condition {
  return { severity, figures: { ...figures, threshold } };
}

/** Severity only ever rises while an alert is unresolved. */
function updateOf(alert: WindowAlert, severity: AlertSeverity, detail: AlertDetail): AlertChange[] {
  const isEscalation = alert.severity === 'warning' && severity === 'critical';
  if (!isEscalation && alert.clearSince === null && isSame(alert.detail, detail)) return [];
  const { alertId } = alert;
  return [
    { kind: 'update', alertId, severity: isEscalation ? severity : alert.severity, isEscalation, detail },
  ];
}

/** @param isWatched false: the rule no longer applies, so it is resolved at once */
function endOf(alert: WindowAlert, isWatched: boolean, at: Date): AlertChange[] {
  const { alertId, severity, clearSince } = alert;
  const isOver = clearSince !== null && at.getTime() - clearSince.getTime() >= RESOLVE_AFTER_MS;
  if (isOver || !isWatched) return [{ kind: 'resolve', alertId, severity }];
  return clearSince === null ? [{ kind: 'clearing', alertId }] : [];
}

function clearingOf({ alertId }: WindowAlert): AlertChange {
  return { kind: 'clearing', alertId };
}

function isSame(one: AlertDetail, other: AlertDetail): boolean {
  const text = (detail: AlertDetail) => JSON.stringify(Object.entries(detail).sort());
  return text(one) === text(other);
}
