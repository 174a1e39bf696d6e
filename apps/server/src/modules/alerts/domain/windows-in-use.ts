/** Collects the time windows of the apps' rules, so that each is measured once. */
import type { AlertRules } from '@im/contracts/api/alert-rules';

const WARNINGS = {
  success_rate: (rules: AlertRules) => rules.success_rate.warningPercent,
  slow: (rules: AlertRules) => rules.slow.warningMs,
  before_failing: (rules: AlertRules) => rules.before_failing.warningPercent,
  source_rejecting: (rules: AlertRules) => rules.source_rejecting.warning,
};

export interface WindowInUse {
  minutes: number;
  /** The apps that look at it; null: that of the defaults, so any app may. */
  appIds: string[] | null;
  /** The lowest of their warning thresholds. */
  lowestWarning: number;
}

export function windowsInUse(
  rule: keyof typeof WARNINGS,
  defaults: AlertRules,
  rulesOfApp: ReadonlyMap<string, AlertRules>,
): WindowInUse[] {
  const windows = new Map<number, WindowInUse>();
  const use = (rules: AlertRules, appId: string | null): void => {
    if (!rules[rule].enabled) return;
    const minutes = rules[rule].windowMinutes;
    const known = windows.get(minutes);
    const isOfAll = appId === null || known?.appIds === null;
    windows.set(minutes, {
      minutes,
      appIds: isOfAll ? null : [...(known?.appIds ?? []), appId],
      lowestWarning: Math.min(WARNINGS[rule](rules), known?.lowestWarning ?? Infinity),
    });
  };
  use(defaults, null);
  for (const [appId, rules] of rulesOfApp) use(rules, appId);
  return [...windows.values()];
}
