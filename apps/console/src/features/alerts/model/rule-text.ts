/** Describes an app's alert rules in words. */
import type { AlertRules, AlertSettings } from '@im/contracts/api/alert-rules';
import type { AlertRule } from '@im/contracts/api/alerts';
import { ALERT_RULES, WEEKDAYS } from '@im/contracts/api/alert-constants';
import type { Translate } from '../../../i18n/i18n.js';
import { formatDurationMs } from '../../../shared/format/duration.js';

const MINUTE_MS = 60_000;

/** The rules that can open an alert. */
export function shownRules({ unavailableRules }: Pick<AlertSettings, 'unavailableRules'>): AlertRule[] {
  return ALERT_RULES.filter((rule) => !unavailableRules.includes(rule));
}

/** When an alert opens, and when it is critical. */
export function ruleText(rule: AlertRule, rules: AlertRules, t: Translate, localeTag: string): string {
  const duration = (ms: number) => formatDurationMs(ms, localeTag);
  const minutes = (count: number) => duration(count * MINUTE_MS);
  const escalates = (critical: string | null, key: 'escalates' | 'escalatesBelow' = 'escalates') =>
    critical === null ? [] : [t(`alerts.${key}`, { critical })];
  const join = (...sentences: string[]) => sentences.join(localeTag.startsWith('zh') ? '' : ' ');
  switch (rule) {
    case 'consecutive_failures': {
      const { warning, critical } = rules.consecutive_failures;
      return join(
        t('alerts.ruleText.consecutive_failures', { warning }),
        ...escalates(orNull(critical, String)),
      );
    }
    case 'delivery_exhausted':
    case 'webhook_disabled':
    case 'cannot_sign':
      return t(`alerts.ruleText.${rule}`);
    case 'success_rate': {
      const { warningPercent, criticalPercent, windowMinutes, minAttempts } = rules.success_rate;
      const percent = (value: number) => `${String(value)}%`;
      const given = { window: minutes(windowMinutes), minAttempts, warning: percent(warningPercent) };
      const critical = orNull(criticalPercent, percent);
      return join(t('alerts.ruleText.success_rate', given), ...escalates(critical, 'escalatesBelow'));
    }
    case 'slow': {
      const { warningMs, criticalMs, windowMinutes, minAttempts } = rules.slow;
      const given = { window: minutes(windowMinutes), minAttempts, warning: duration(warningMs) };
      return join(t('alerts.ruleText.slow', given), ...escalates(orNull(criticalMs, duration)));
    }
    case 'backlog': {
      const { warningMinutes, criticalMinutes } = rules.backlog;
      const given = { warning: minutes(warningMinutes) };
      return join(t('alerts.ruleText.backlog', given), ...escalates(orNull(criticalMinutes, minutes)));
    }
    case 'before_failing': {
      const { warningPercent, criticalPercent, windowMinutes, minQuestions } = rules.before_failing;
      const percent = (value: number) => `${String(value)}%`;
      const given = { window: minutes(windowMinutes), minQuestions, warning: percent(warningPercent) };
      return join(t('alerts.ruleText.before_failing', given), ...escalates(orNull(criticalPercent, percent)));
    }
  }
}

function orNull(value: number | null, format: (value: number) => string): string | null {
  return value === null ? null : format(value);
}

/** How often people are notified, and when not. */
export function notificationTexts(
  { renotifyAfterMinutes, quietHours }: Pick<AlertSettings, 'renotifyAfterMinutes' | 'quietHours'>,
  t: Translate,
  localeTag: string,
): string[] {
  const after = formatDurationMs(renotifyAfterMinutes * MINUTE_MS, localeTag);
  const renotify = renotifyAfterMinutes === 0 ? t('alerts.renotifyNever') : t('alerts.renotify', { after });
  if (!quietHours) return [renotify, t('alerts.quietNone')];
  const { timeZone, from, to, days, allowCritical } = quietHours;
  const named = WEEKDAYS.filter((day) => days.includes(day));
  const quiet = t('alerts.quiet', {
    ...{ timeZone, from, to },
    days:
      named.length === WEEKDAYS.length
        ? t('alerts.everyDay')
        : new Intl.ListFormat(localeTag).format(named.map((day) => t(`alerts.weekday.${day}`))),
    critical: t(allowCritical ? 'alerts.quietCritical' : 'alerts.quietAll'),
  });
  return [renotify, quiet];
}
