import { DEFAULT_ALERT_RULES, type AlertRules } from '@im/contracts/api/alert-rules';
import { describe, expect, it } from 'vitest';
import { evaluateWindows, type WindowAlert, type WindowFigures } from './evaluate-windows.js';

const AT = new Date('2030-06-15T12:00:00Z');
const ago = (minutes: number) => new Date(AT.getTime() - minutes * 60_000);
const WEBHOOK = { name: 'orders', url: 'https://example.com/hook', isActive: true, isPausedByPerson: false };
const waiting = (minutes: number): WindowFigures => ({
  backlog: { dueAt: ago(minutes), deliveryId: 'd1' },
});

function alert(override: Partial<WindowAlert> = {}): WindowAlert {
  return {
    alertId: 'a1',
    rule: 'backlog',
    severity: 'warning',
    detail: { webhookName: '', webhookUrl: '' },
    clearSince: null,
    isDismissed: false,
    ...override,
  };
}

function evaluate(
  figures: WindowFigures,
  alerts: WindowAlert[] = [],
  { rules = {}, webhook = WEBHOOK }: { rules?: Partial<AlertRules>; webhook?: typeof WEBHOOK } = {},
) {
  return evaluateWindows(webhook, figures, alerts, { ...DEFAULT_ALERT_RULES, ...rules }, AT);
}

describe('a backlog', () => {
  it.each([
    [10, []],
    [10.1, [{ kind: 'open', severity: 'warning', detail: { oldestWaitMinutes: 10, threshold: 10 } }]],
    [60, [{ severity: 'warning' }]],
    [
      61,
      [{ severity: 'critical', detail: { oldestWaitMinutes: 61, threshold: 60, oldestDeliveryId: 'd1' } }],
    ],
  ])('whose oldest has been due for %d minutes: %o', (minutes, expected) => {
    expect(evaluate(waiting(minutes))).toMatchObject(expected);
  });

  it.each([
    [3, { enabled: true, warningMinutes: 2, criticalMinutes: null }, [{ severity: 'warning' }]],
    [300, { enabled: true, warningMinutes: 2, criticalMinutes: null }, [{ severity: 'warning' }]],
    [300, { enabled: false, warningMinutes: 2, criticalMinutes: 3 }, []],
  ])('of %d minutes under settings of its own, %o', (minutes, backlog, expected) => {
    expect(evaluate(waiting(minutes), [], { rules: { backlog } })).toMatchObject(expected);
  });
});

it('a webhook that a person paused is still watched for all but its backlog', () => {
  const webhook = { ...WEBHOOK, isPausedByPerson: true };
  const figures = { ...waiting(600), successRate: { attempts: 100, failures: 50 } };
  expect(evaluate(figures, [], { webhook })).toMatchObject([{ kind: 'open', rule: 'success_rate' }]);
});

describe('before-callbacks', () => {
  it.each([
    [20, 4, []],
    [
      20,
      5,
      [
        {
          kind: 'open',
          severity: 'warning',
          detail: { byPolicyPercent: 25, threshold: 25, windowMinutes: 15 },
        },
      ],
    ],
    [30, 10, [{ severity: 'warning', detail: { byPolicyPercent: 33.3, questions: 30, byPolicy: 10 } }]],
    [20, 10, [{ severity: 'critical', detail: { byPolicyPercent: 50, threshold: 50 } }]],
    [19, 19, []],
  ])('of which %i came and the policy decided %i: %o', (questions, byPolicy, expected) => {
    expect(evaluate({ before: { questions, byPolicy } })).toMatchObject(expected);
  });
});

describe('a success rate', () => {
  it.each([
    [20, 1, []],
    [20, 2, [{ severity: 'warning', detail: { successRatePercent: 90, threshold: 95, windowMinutes: 60 } }]],
    [10_000, 500, []],
    [
      10_000,
      501,
      [{ severity: 'warning', detail: { successRatePercent: 94.9, attempts: 10_000, failures: 501 } }],
    ],
    [20, 4, [{ severity: 'warning' }]],
    [20, 5, [{ severity: 'critical', detail: { successRatePercent: 75, threshold: 80 } }]],
    [19, 19, []],
    [20, 20, [{ severity: 'critical', detail: { successRatePercent: 0 } }]],
  ])('of %i attempts with %i failures: %o', (attempts, failures, expected) => {
    expect(evaluate({ successRate: { attempts, failures } })).toMatchObject(expected);
  });

  it('of too few attempts to judge counts as recovered', () => {
    const open = alert({ rule: 'success_rate' });
    expect(evaluate({ successRate: { attempts: 3, failures: 3 } }, [open])).toEqual([
      { kind: 'clearing', alertId: 'a1' },
    ]);
  });
});

describe('slowness', () => {
  it.each([
    [20, 5_000, []],
    [20, 5_000.4, [{ severity: 'warning', detail: { p95Ms: 5_000, threshold: 5_000, windowMinutes: 15 } }]],
    [20, 10_000, [{ severity: 'warning' }]],
    [20, 10_001, [{ severity: 'critical', detail: { p95Ms: 10_001, attempts: 20, threshold: 10_000 } }]],
    [19, 60_000, []],
  ])('of %i attempts with a p95 of %d ms: %o', (attempts, p95Ms, expected) => {
    expect(evaluate({ slow: { attempts, p95Ms } })).toMatchObject(expected);
  });
});

it('keeps the rules of one webhook apart', () => {
  const figures = {
    ...waiting(20),
    successRate: { attempts: 20, failures: 20 },
    slow: { attempts: 20, p95Ms: 9_000 },
  };
  expect(evaluate(figures, [alert({ rule: 'slow', clearSince: ago(9) })])).toMatchObject([
    { kind: 'open', rule: 'success_rate', severity: 'critical' },
    { kind: 'update', alertId: 'a1', detail: { p95Ms: 9_000 } },
    { kind: 'open', rule: 'backlog', severity: 'warning' },
  ]);
});

describe('an open alert', () => {
  it('escalates once, and never goes back', () => {
    expect(evaluate(waiting(70), [alert()])).toMatchObject([
      { kind: 'update', alertId: 'a1', severity: 'critical', isEscalation: true },
    ]);
    expect(evaluate(waiting(20), [alert({ severity: 'critical' })])).toMatchObject([
      { kind: 'update', severity: 'critical', isEscalation: false, detail: { oldestWaitMinutes: 20 } },
    ]);
  });

  it('is left alone while nothing about it changes', () => {
    const [opened] = evaluate(waiting(20));
    const detail = (opened as { detail: WindowAlert['detail'] }).detail;
    const stored = Object.fromEntries(Object.entries(detail).reverse()) as WindowAlert['detail'];
    expect(evaluate(waiting(20), [alert({ detail: stored })])).toEqual([]);
  });

  it.each([
    ['when it is first seen', null, [{ kind: 'clearing', alertId: 'a1' }]],
    ['shortly after', ago(4.9), []],
    ['after five minutes', ago(5), [{ kind: 'resolve', alertId: 'a1', severity: 'warning' }]],
  ])('whose condition is gone, %s', (_when, clearSince, expected) => {
    expect(evaluate({}, [alert({ clearSince })])).toEqual(expected);
  });

  it('whose condition comes back goes on as the same alert', () => {
    expect(evaluate(waiting(20), [alert({ clearSince: ago(3) })])).toMatchObject([
      { kind: 'update', alertId: 'a1', isEscalation: false },
    ]);
  });

  it.each([
    ['the rule is switched off', { rules: { backlog: { ...DEFAULT_ALERT_RULES.backlog, enabled: false } } }],
    ['the webhook is disabled or deleted', { webhook: { ...WEBHOOK, isActive: false } }],
    ['a person paused the webhook', { webhook: { ...WEBHOOK, isPausedByPerson: true } }],
  ])('ends at once when %s', (_why, given) => {
    expect(evaluate(waiting(20), [alert()], given)).toEqual([
      { kind: 'resolve', alertId: 'a1', severity: 'warning' },
    ]);
  });
});

describe('an alert that a person closed', () => {
  it.each([
    ['warning', 20, []],
    ['warning', 70, [{ kind: 'open', severity: 'critical' }]],
    ['critical', 70, []],
    ['critical', 20, []],
  ] as const)('as %s, with %d minutes now: %o', (severity, minutes, expected) => {
    expect(evaluate(waiting(minutes), [alert({ severity, isDismissed: true })])).toMatchObject(expected);
  });

  it('may come back once its condition was gone', () => {
    expect(evaluate({}, [alert({ isDismissed: true })])).toEqual([{ kind: 'clearing', alertId: 'a1' }]);
  });

  it('and again after it got worse leaves the newer one to go on', () => {
    const closed = alert({ alertId: 'a0', isDismissed: true });
    expect(evaluate(waiting(80), [closed, alert({ severity: 'critical' })])).toMatchObject([
      { kind: 'update', alertId: 'a1' },
    ]);
    expect(evaluate({}, [closed, alert({ severity: 'critical' })])).toEqual([
      { kind: 'clearing', alertId: 'a0' },
      { kind: 'clearing', alertId: 'a1' },
    ]);
  });
});
