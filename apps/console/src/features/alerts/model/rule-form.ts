/** Converts an app's alert settings to a form, finds its faults, and what changed. */
import type { AlertSettings, ChangeAlertRulesRequest } from '@im/contracts/api/alert-rules';
import { misorderedRules, RULE_THRESHOLDS } from '@im/contracts/api/rule-thresholds';
import type { AlertRule } from '@im/contracts/api/alerts';
import type { Weekday } from '@im/contracts/api/quiet-hours';
import { WEEKDAYS } from '@im/contracts/api/alert-constants';
import type { Translate } from '../../../i18n/i18n.js';

/** Numbers of a rule by the API's names; null: critical never comes. */
export type RuleForm = { enabled: boolean } & Partial<Record<string, number | boolean | null>>;

export interface AlertSettingsForm {
  rules: Record<AlertRule, RuleForm>;
  renotifyAfterMinutes: number;
  isQuiet: boolean;
  from: string;
  to: string;
  timeZone: string;
  days: Weekday[];
  allowCritical: boolean;
}

export interface RuleField {
  name: string;
  min: number;
  max: number;
  /** It may be left empty. */
  isOptional: boolean;
}

const LIMITS = {
  consecutive_failures: [1, 10_000],
  success_rate: [1, 100],
  slow: [1, 60_000],
  backlog: [1, 10_080],
  before_failing: [1, 100],
  source_silent: [1, 10_080],
  source_rejecting: [1, 1_000_000],
} as const;
export type NumberedRule = keyof typeof LIMITS;

export function isNumbered(rule: AlertRule): rule is NumberedRule {
  return Object.hasOwn(LIMITS, rule);
}

/** The two thresholds, then the other fields of the rule. */
export function thresholdFields(rule: NumberedRule): [warning: RuleField, critical: RuleField] {
  const [min, max] = LIMITS[rule];
  const { warning, critical } = RULE_THRESHOLDS[rule];
  return [
    { name: warning, min, max, isOptional: false },
    { name: critical, min, max, isOptional: true },
  ];
}

type WindowField = RuleField & { name: 'windowMinutes' | 'minAttempts' | 'minQuestions' };

export function windowFields(rule: NumberedRule): WindowField[] {
  const window = { name: 'windowMinutes', min: 5, max: 120, isOptional: false } as const;
  const least = { min: 1, max: 1_000_000, isOptional: false } as const;
  switch (rule) {
    case 'success_rate':
    case 'slow':
      return [window, { name: 'minAttempts', ...least }];
    case 'before_failing':
      return [window, { name: 'minQuestions', ...least }];
    case 'source_rejecting':
      return [window];
    default:
      return [];
  }
}

/** @param localTimeZone the initial time zone of quiet hours */
export function toSettingsForm(settings: AlertSettings, localTimeZone: string): AlertSettingsForm {
  const quiet = settings.quietHours;
  return {
    rules: structuredClone(settings.rules),
    renotifyAfterMinutes: settings.renotifyAfterMinutes,
    isQuiet: quiet !== null,
    from: quiet?.from ?? '22:00',
    to: quiet?.to ?? '08:00',
    timeZone: quiet?.timeZone ?? localTimeZone,
    days: quiet?.days ?? [...WEEKDAYS],
    allowCritical: quiet?.allowCritical ?? true,
  };
}

/** Only what differs from the settings, so that concurrent changes by others stay. */
export function toSettingsRequest(form: AlertSettingsForm, settings: AlertSettings): ChangeAlertRulesRequest {
  const rules: Record<string, object> = {};
  for (const [rule, fields] of Object.entries(form.rules)) {
    const before = settings.rules[rule as AlertRule] as RuleForm;
    const changed = Object.entries(fields).filter(([name, value]) => value !== before[name]);
    if (changed.length > 0) rules[rule] = Object.fromEntries(changed);
  }
  const quietHours = quietHoursOf(form);
  const isQuietSame = JSON.stringify(quietHours) === JSON.stringify(ordered(settings.quietHours));
  return {
    ...(Object.keys(rules).length > 0 && { rules }),
    ...(form.renotifyAfterMinutes !== settings.renotifyAfterMinutes && {
      renotifyAfterMinutes: form.renotifyAfterMinutes,
    }),
    ...(!isQuietSame && { quietHours }),
  };
}

/** What is wrong before the server is asked, by JSON Pointer. */
export function settingsFaults(form: AlertSettingsForm, t: Translate): Record<string, string> {
  const faults: Record<string, string> = {};
  for (const rule of misorderedRules(form.rules)) {
    faults[`/rules/${rule}`] = t('alerts.thresholdOrder');
  }
  const { renotifyAfterMinutes: renotify } = form;
  if (renotify !== 0 && renotify < 5) faults['/renotifyAfterMinutes'] = t('alerts.renotifyRange');
  if (form.isQuiet && (!form.from || !form.to || form.days.length === 0)) {
    faults['/quietHours'] = t('alerts.quietIncomplete');
  } else if (form.isQuiet && form.from === form.to && form.days.length === WEEKDAYS.length) {
    faults['/quietHours'] = t('alerts.quietNoEnd');
  }
  return faults;
}

function quietHoursOf(form: AlertSettingsForm): AlertSettings['quietHours'] {
  return form.isQuiet ? ordered(form) : null;
}

/** Days in the order of the week, not in the order of ticking. */
function ordered(hours: AlertSettings['quietHours']): AlertSettings['quietHours'] {
  if (!hours) return null;
  const { timeZone, from, to, days, allowCritical } = hours;
  return {
    timeZone,
    from,
    to,
    days: WEEKDAYS.filter((day) => days.includes(day)),
    allowCritical,
  };
}
