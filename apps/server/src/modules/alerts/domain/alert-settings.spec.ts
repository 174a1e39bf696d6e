import {
  DEFAULT_ALERT_RULES,
  changeAlertRulesRequestSchema,
  type AlertRulesChange,
} from '@im/contracts/api/alert-rules';
import { describe, expect, it } from 'vitest';
import { changedFieldsOf, effectiveSettings, mergeRules, thresholdFaults } from './alert-settings.js';

describe('settings', () => {
  it('of an app that never set any are the defaults', () => {
    expect(effectiveSettings(undefined)).toEqual({
      rules: DEFAULT_ALERT_RULES,
      renotifyAfterMinutes: 60,
      quietHours: null,
    });
  });

  it('that were set lie over the defaults, field by field', () => {
    const rules: AlertRulesChange = { slow: { warningMs: 900 }, backlog: { enabled: false } };
    expect(effectiveSettings({ rules, renotifyAfterMinutes: 0, quietHours: null })).toEqual({
      rules: {
        ...DEFAULT_ALERT_RULES,
        slow: { ...DEFAULT_ALERT_RULES.slow, warningMs: 900 },
        backlog: { ...DEFAULT_ALERT_RULES.backlog, enabled: false },
      },
      renotifyAfterMinutes: 0,
      quietHours: null,
    });
  });

  it('that change keep what the change does not name', () => {
    expect(
      mergeRules({ slow: { warningMs: 900 } }, { slow: { criticalMs: null }, backlog: { enabled: true } }),
    ).toEqual({ slow: { warningMs: 900, criticalMs: null }, backlog: { enabled: true } });
  });
});

describe('thresholds', () => {
  const faults = (change: AlertRulesChange, stored: AlertRulesChange = {}) => {
    const rules = mergeRules(stored, change);
    return thresholdFaults(
      effectiveSettings({ rules, renotifyAfterMinutes: 60, quietHours: null }).rules,
      change,
    ).map(({ pointer }) => pointer);
  };

  it.each<[AlertRulesChange, string[]]>([
    [{ consecutive_failures: { warning: 3, critical: 3 } }, []],
    [{ consecutive_failures: { warning: 11 } }, ['/rules/consecutive_failures/warning']],
    [{ consecutive_failures: { warning: 11, critical: null } }, []],
    [{ consecutive_failures: { critical: 4 } }, ['/rules/consecutive_failures/critical']],
    [{ success_rate: { criticalPercent: 96 } }, ['/rules/success_rate/criticalPercent']],
    [{ success_rate: { warningPercent: 70 } }, ['/rules/success_rate/warningPercent']],
    [{ success_rate: { warningPercent: 99, criticalPercent: 99 } }, []],
    [{ slow: { warningMs: 20_000, criticalMs: 1 } }, ['/rules/slow/criticalMs']],
    [{ backlog: { warningMinutes: 61 } }, ['/rules/backlog/warningMinutes']],
    [
      { slow: { criticalMs: 1 }, backlog: { criticalMinutes: 1 } },
      ['/rules/slow/criticalMs', '/rules/backlog/criticalMinutes'],
    ],
  ])('%o: faults at %o', (change, pointers) => {
    expect(faults(change)).toEqual(pointers);
  });

  it('are compared with what was set before', () => {
    const stored = { consecutive_failures: { warning: 2, critical: 3 } };
    expect(faults({ consecutive_failures: { warning: 4 } }, stored)).toEqual([
      '/rules/consecutive_failures/warning',
    ]);
  });
});

it('names the fields of a change', () => {
  const change = changeAlertRulesRequestSchema.parse({
    rules: { slow: { enabled: false, warningMs: 5 } },
    quietHours: null,
  });
  expect(changedFieldsOf(change)).toEqual(['rules.slow.enabled', 'rules.slow.warningMs', 'quietHours']);
});
