/** Decides what the figures of a time window mean for a webhook's alerts. */
import type { AlertRules } from '@im/contracts/api/alert-rules';
import { maskCallbackUrl } from '@im/contracts/urls/mask-callback-url';
import type { AlertChange } from './alert-change.js';
import {
  followCondition,
  passedOf,
  withFigures,
  type Condition,
  type FollowedAlert,
} from './follow-condition.js';

export const WINDOW_RULES = ['success_rate', 'slow', 'backlog', 'before_failing'] as const;
export type WindowRule = (typeof WINDOW_RULES)[number];

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

export type WindowAlert = FollowedAlert<WindowRule>;

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
    const subject = { webhookName: webhook.name, webhookUrl: maskCallbackUrl(webhook.url) };
    const condition = isWatched ? conditionOf(rule, figures, rules, at) : null;
    return followCondition({ rule, subject, condition, endsAtOnce: !isWatched }, alerts, at);
  });
}

export function conditionOf(
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
  return withFigures(passed, { windowMinutes, attempts, failures, successRatePercent });
}

function slowOf(
  measured: WindowFigures['slow'],
  { warningMs, criticalMs, windowMinutes, minAttempts }: AlertRules['slow'],
): Condition | null {
  if (!measured || measured.attempts < minAttempts) return null;
  const { attempts, p95Ms } = measured;
  const passed = passedOf((threshold) => p95Ms > threshold, warningMs, criticalMs);
  return withFigures(passed, { windowMinutes, attempts, p95Ms: Math.round(p95Ms) });
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
  return withFigures(passed, { oldestWaitMinutes: Math.floor(waitMinutes), oldestDeliveryId });
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
  return withFigures(passed, { windowMinutes, questions, byPolicy, byPolicyPercent });
}
