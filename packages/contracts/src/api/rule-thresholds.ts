/**
 * Finds alert rules whose two thresholds are in the wrong order; without zod, since the console's form checks them too.
 */
import type { AlertRuleName } from './alert-rules.js';

/** The pair of thresholds of each rule that has one; with `isLowerWorse` the critical one is the lower. */
export const RULE_THRESHOLDS = {
  consecutive_failures: { warning: 'warning', critical: 'critical', isLowerWorse: false },
  success_rate: { warning: 'warningPercent', critical: 'criticalPercent', isLowerWorse: true },
  slow: { warning: 'warningMs', critical: 'criticalMs', isLowerWorse: false },
  backlog: { warning: 'warningMinutes', critical: 'criticalMinutes', isLowerWorse: false },
  before_failing: { warning: 'warningPercent', critical: 'criticalPercent', isLowerWorse: false },
  source_silent: { warning: 'warningMinutes', critical: 'criticalMinutes', isLowerWorse: false },
  source_rejecting: { warning: 'warning', critical: 'critical', isLowerWorse: false },
} as const satisfies Partial<
  Record<AlertRuleName, { warning: string; critical: string; isLowerWorse: boolean }>
>;
export type ThresholdRule = keyof typeof RULE_THRESHOLDS;

/** Numbers and switches of some rules, as stored or in a form. */
export type RuleValues = Partial<Record<ThresholdRule, Partial<Record<string, number | boolean | null>>>>;

/**
 * Rules that would be critical before they are a warning.
 *
 * @param rules settings, each rule in full
 * @returns the rules whose two thresholds are in the wrong order
 */
export function misorderedRules(rules: RuleValues): ThresholdRule[] {
  return (Object.keys(RULE_THRESHOLDS) as ThresholdRule[]).filter((rule) => {
    const { warning, critical, isLowerWorse } = RULE_THRESHOLDS[rule];
    const [first, second] = [rules[rule]?.[warning], rules[rule]?.[critical]];
    if (typeof first !== 'number' || typeof second !== 'number') return false;
    return isLowerWorse ? second > first : second < first;
  });
}
