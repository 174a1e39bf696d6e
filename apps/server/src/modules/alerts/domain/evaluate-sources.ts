/** Decides what a source's requests, or their absence, mean for its alerts. */
import type { AlertRules } from '@im/contracts/api/alert-rules';
import type { SourceKind } from '@im/contracts/api/source-constants';
import type { AlertChange } from './alert-change.js';
import {
  followCondition,
  passedOf,
  withFigures,
  type Condition,
  type FollowedAlert,
} from './follow-condition.js';

export const SOURCE_RULES = ['source_silent', 'source_rejecting'] as const;
export type SourceRule = (typeof SOURCE_RULES)[number];
export type SourceAlert = FollowedAlert<SourceRule>;

const MINUTE_MS = 60_000;

export interface WatchedSource {
  name: string;
  kind: SourceKind;
  /** Neither paused nor deleted, and its tenant is not suspended. */
  isActive: boolean;
  /** null: it never received anything. */
  lastReceivedAt: Date | null;
  /** When it was enabled after a pause; null: it was never paused. */
  resumedAt: Date | null;
}

/** Requests in the window of the rule `source_rejecting`, without those that came during a pause. */
export interface SourceRequests {
  requests: number;
  rejected: number;
  notUnderstood: number;
  failed: number;
}

/** @param requests undefined: nothing worth mentioning */
export function evaluateSource(
  source: WatchedSource,
  requests: SourceRequests | undefined,
  alerts: readonly SourceAlert[],
  rules: AlertRules,
  at: Date,
): AlertChange[] {
  const subject = { sourceName: source.name, sourceKind: source.kind };
  const conditions: Record<SourceRule, Condition | null> = {
    source_silent: silenceOf(source, rules.source_silent, at),
    source_rejecting: rejectingOf(requests, rules.source_rejecting),
  };
  return SOURCE_RULES.flatMap((rule) => {
    const isWatched = source.isActive && rules[rule].enabled;
    const condition = isWatched ? conditions[rule] : null;
    // A silence cannot return at once, so it is over with the first request.
    const endsAtOnce = !isWatched || rule === 'source_silent';
    return followCondition({ rule, subject, condition, endsAtOnce }, alerts, at);
  });
}

function silenceOf(
  { lastReceivedAt, resumedAt }: WatchedSource,
  { warningMinutes, criticalMinutes }: AlertRules['source_silent'],
  at: Date,
): Condition | null {
  if (!lastReceivedAt) return null;
  const sinceMs = Math.max(lastReceivedAt.getTime(), resumedAt?.getTime() ?? 0);
  const minutes = (at.getTime() - sinceMs) / MINUTE_MS;
  const passed = passedOf((threshold) => minutes > threshold, warningMinutes, criticalMinutes);
  return withFigures(passed, { silentMinutes: Math.floor(minutes) });
}

function rejectingOf(
  counted: SourceRequests | undefined,
  { warning, critical, windowMinutes }: AlertRules['source_rejecting'],
): Condition | null {
  if (!counted) return null;
  const { requests, rejected, notUnderstood, failed } = counted;
  const notAccepted = rejected + notUnderstood + failed;
  const passed = passedOf((threshold) => notAccepted >= threshold, warning, critical);
  return withFigures(passed, {
    ...{ windowMinutes, requests },
    ...{ rejectedRequests: rejected, notUnderstoodRequests: notUnderstood, failedRequests: failed },
  });
}
