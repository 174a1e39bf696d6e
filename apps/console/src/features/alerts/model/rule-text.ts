/** Describes an app's alert rules in words. */
import type { AlertRules, AlertSettings } from '@im/contracts/api/alert-rules';
import type { AlertRule } from '@im/contracts/api/alerts';
import { WEEKDAYS } from '@im/contracts/api/alert-constants';
import type { Translate } from '../../../i18n/i18n.js';
import { formatDurationMs } from '../../../shared/format/duration.js';

const MINUTE_MS = 60_000;

type Format = (value: number) => string;

/** When an alert opens, and when it is critical. */
export function ruleText(rule: AlertRule, rules: AlertRules, t: Translate, localeTag: string): string {
  const duration = (ms: number) => formatDurationMs(ms, localeTag);
  const minutes = (count: number) => duration(count * MINUTE_MS);
  const withCritical = (opens: string, critical: number | null, format: Format, isLowerWorse = false) => {
    if (critical === null) return opens;
    const escalates = t(isLowerWorse ? 'alerts.escalatesBelow' : 'alerts.escalates', {
      critical: format(critical),
    });
    return `${opens}${localeTag.startsWith('zh') ? '' : ' '}${escalates}`;
  };
  switch (rule) {
    case 'consecutive_failures': {
      const { warning, critical } = rules[rule];
      return withCritical(t('alerts.ruleText.consecutive_failures', { warning }), critical, String);
    }
    case 'delivery_exhausted':
    case 'webhook_disabled':
    case 'cannot_sign':
      return t(`alerts.ruleText.${rule}`);
    case 'success_rate': {
      const { warningPercent, criticalPercent, windowMinutes, minAttempts } = rules[rule];
      const given = { window: minutes(windowMinutes), minAttempts, warning: percent(warningPercent) };
      const opens = t('alerts.ruleText.success_rate', given);
      return withCritical(opens, criticalPercent, percent, true);
    }
    case 'slow': {
      const { warningMs, criticalMs, windowMinutes, minAttempts } = rules[rule];
      const given = { window: minutes(windowMinutes), minAttempts, warning: duration(warningMs) };
      return withCritical(t('alerts.ruleText.slow', given), criticalMs, duration);
    }
    case 'backlog':
    case 'source_silent': {
      const { warningMinutes, criticalMinutes } = rules[rule];
      const given = { warning: minutes(warningMinutes) };
      return withCritical(t(`alerts.ruleText.${rule}`, given), criticalMinutes, minutes);
    }
    case 'before_failing': {
      const { warningPercent, criticalPercent, windowMinutes, minQuestions } = rules[rule];
      const given = { window: minutes(windowMinutes), minQuestions, warning: percent(warningPercent) };
      return withCritical(t('alerts.ruleText.before_failing', given), criticalPercent, percent);
    }
    case 'source_rejecting': {
      const { warning, critical, windowMinutes } = rules[rule];
      const given = { window: minutes(windowMinutes), warning };
      return withCritical(t('alerts.ruleText.source_rejecting', given), critical, String);
    }
  }
}

function percent(value: number): string {
  return `${String(value)}%`;
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
