/** Merges an app's alert settings over the defaults. */
import {
  DEFAULT_ALERT_RULES,
  DEFAULT_RENOTIFY_AFTER_MINUTES,
  type AlertRuleName,
  type AlertRules,
  type AlertRulesChange,
  type AlertSettings,
  type ChangeAlertRulesRequest,
} from '@im/contracts/api/alert-rules';
import { misorderedRules, RULE_THRESHOLDS } from '@im/contracts/api/rule-thresholds';
import type { QuietHours } from '@im/contracts/api/quiet-hours';
import type { FieldError } from '@im/contracts/problem';

/** As stored: of the rules only what was set. */
export interface StoredAlertSettings {
  rules: AlertRulesChange;
  renotifyAfterMinutes: number;
  quietHours: QuietHours | null;
  updatedAt: Date;
  updatedBy: string;
}

export interface EffectiveAlertSettings {
  rules: AlertRules;
  renotifyAfterMinutes: number;
  quietHours: QuietHours | null;
}

const RULES = Object.keys(DEFAULT_ALERT_RULES) as AlertRuleName[];

/** @param stored absent: nothing was ever set */
export function effectiveSettings(
  stored: Omit<StoredAlertSettings, 'updatedAt' | 'updatedBy'> | undefined,
): EffectiveAlertSettings {
  return {
    rules: layOver(DEFAULT_ALERT_RULES, stored?.rules ?? {}),
    renotifyAfterMinutes: stored?.renotifyAfterMinutes ?? DEFAULT_RENOTIFY_AFTER_MINUTES,
    quietHours: stored?.quietHours ?? null,
  };
}

export function presentSettings(stored: StoredAlertSettings | undefined): AlertSettings {
  return {
    ...effectiveSettings(stored),
    updatedAt: stored?.updatedAt.toISOString() ?? null,
    updatedBy: stored?.updatedBy ?? null,
  };
}

/** @returns what is set afterwards */
export function mergeRules(rules: AlertRulesChange, change: AlertRulesChange): AlertRulesChange {
  return layOver(rules, change);
}

/** Finds thresholds that would contradict each other after the change, at the fields that the change names. */
export function thresholdFaults(rules: AlertRules, change: AlertRulesChange): FieldError[] {
  return misorderedRules(rules).map((rule) => {
    const { warning, critical, isLowerWorse } = RULE_THRESHOLDS[rule];
    const field = critical in (change[rule] ?? {}) ? critical : warning;
    return {
      pointer: `/rules/${rule}/${field}`,
      code: 'invalid_value',
      message: `${critical} must be ${isLowerWorse ? 'at most' : 'at least'} ${warning}`,
    };
  });
}

/** The fields a change names: `rules.slow.warningMs`, `quietHours`. */
export function changedFieldsOf({ rules = {}, ...others }: ChangeAlertRulesRequest): string[] {
  const ofRules = RULES.flatMap((rule) =>
    Object.keys(rules[rule] ?? {}).map((field) => `rules.${rule}.${field}`),
  );
  return [...ofRules, ...Object.keys(others)];
}

function layOver<Rules extends AlertRulesChange>(rules: Rules, change: AlertRulesChange): Rules {
  const entries = RULES.flatMap((rule) =>
    rules[rule] || change[rule] ? [[rule, { ...rules[rule], ...change[rule] }] as const] : [],
  );
  // Each rule keeps the shape of its own settings; Object.fromEntries cannot say so.
  return Object.fromEntries(entries) as unknown as Rules;
}
