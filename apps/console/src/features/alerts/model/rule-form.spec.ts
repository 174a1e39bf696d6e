import {
  changeAlertRulesRequestSchema,
  DEFAULT_ALERT_RULES,
  type AlertSettings,
} from '@im/contracts/api/alert-rules';
import { ALERT_RULES, WEEKDAYS } from '@im/contracts/api/alert-constants';
import { describe, expect, it } from 'vitest';
import {
  isNumbered,
  settingsFaults,
  thresholdFields,
  toSettingsForm,
  toSettingsRequest,
  windowFields,
  type AlertSettingsForm,
} from './rule-form.js';

const QUIET = {
  timeZone: 'UTC',
  from: '22:00',
  to: '08:00',
  days: [...WEEKDAYS],
  allowCritical: true,
};
const settings = (override: Partial<AlertSettings> = {}): AlertSettings => ({
  rules: DEFAULT_ALERT_RULES,
  renotifyAfterMinutes: 60,
  quietHours: null,
  updatedAt: null,
  updatedBy: null,
  ...override,
});

function changed(change: (form: AlertSettingsForm) => void, before = settings()) {
  const form = toSettingsForm(before, 'Asia/Shanghai');
  change(form);
  const request = toSettingsRequest(form, before);
  expect(changeAlertRulesRequestSchema.safeParse(request).success).toBe(true);
  return request;
}

describe('the request', () => {
  it('is empty when nothing changed, with quiet hours and without', () => {
    expect(changed(() => undefined)).toEqual({});
    expect(changed(() => undefined, settings({ quietHours: QUIET }))).toEqual({});
  });

  it('names only what changed', () => {
    const request = changed((form) => {
      form.rules.slow = { ...form.rules.slow, warningMs: 800, criticalMs: null };
      form.rules.webhook_disabled.enabled = false;
      form.renotifyAfterMinutes = 0;
    });
    expect(request).toEqual({
      rules: { slow: { warningMs: 800, criticalMs: null }, webhook_disabled: { enabled: false } },
      renotifyAfterMinutes: 0,
    });
  });

  it('switches quiet hours on in the time zone of the browser, and off', () => {
    const on = changed((form) => {
      form.isQuiet = true;
      form.days = ['sun', 'mon'];
    });
    expect(on).toEqual({ quietHours: { ...QUIET, timeZone: 'Asia/Shanghai', days: ['mon', 'sun'] } });
    expect(changed((form) => (form.isQuiet = false), settings({ quietHours: QUIET }))).toEqual({
      quietHours: null,
    });
  });
});

describe('the form', () => {
  it.each<[string, (form: AlertSettingsForm) => void, string[]]>([
    ['as it came', () => undefined, []],
    ['with thresholds the wrong way round', (form) => (form.rules.slow.criticalMs = 10), ['/rules/slow']],
    [
      'with a rate the wrong way round',
      (form) => (form.rules.success_rate.criticalPercent = 99),
      ['/rules/success_rate'],
    ],
    ['that never escalates', (form) => (form.rules.slow.criticalMs = null), []],
    ['that reminds too often', (form) => (form.renotifyAfterMinutes = 4), ['/renotifyAfterMinutes']],
    [
      'with a quiet time that is missing',
      (form) => Object.assign(form, { isQuiet: true, to: '' }),
      ['/quietHours'],
    ],
    ['without a day', (form) => Object.assign(form, { isQuiet: true, days: [] }), ['/quietHours']],
    [
      'that would be quiet for ever',
      (form) => Object.assign(form, { isQuiet: true, to: '22:00' }),
      ['/quietHours'],
    ],
    ['with quiet hours that are off', (form) => Object.assign(form, { isQuiet: false, to: '' }), []],
  ])('%s has faults at %j', (_what, change, pointers) => {
    const form = toSettingsForm(settings(), 'UTC');
    change(form);
    expect(Object.keys(settingsFaults(form, (key) => key))).toEqual(pointers);
  });

  it.each(ALERT_RULES.filter(isNumbered))('keeps the numbers of %s within what the API takes', (rule) => {
    for (const { name, min, max, isOptional } of [...thresholdFields(rule), ...windowFields(rule)]) {
      const accepts = (value: number | null) =>
        changeAlertRulesRequestSchema.safeParse({ rules: { [rule]: { [name]: value } } }).success;
      expect([min, max, min - 1, max + 1, null].map(accepts)).toEqual([true, true, false, false, isOptional]);
    }
  });
});
