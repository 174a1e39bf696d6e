import { DEFAULT_ALERT_RULES, type AlertRules } from '@im/contracts/api/alert-rules';
import { describe, expect, it } from 'vitest';
import {
  evaluateSource,
  type SourceAlert,
  type SourceRequests,
  type WatchedSource,
} from './evaluate-sources.js';

const AT = new Date('2030-06-15T12:00:00Z');
const ago = (minutes: number) => new Date(AT.getTime() - minutes * 60_000);
const RULES: AlertRules = {
  ...DEFAULT_ALERT_RULES,
  source_silent: { ...DEFAULT_ALERT_RULES.source_silent, enabled: true },
};

function source(override: Partial<WatchedSource> = {}): WatchedSource {
  return {
    name: 'main',
    kind: 'openim',
    isActive: true,
    lastReceivedAt: ago(0),
    resumedAt: null,
    ...override,
  };
}

function alert(override: Partial<SourceAlert> = {}): SourceAlert {
  return {
    alertId: 'a1',
    rule: 'source_silent',
    severity: 'warning',
    detail: {},
    clearSince: null,
    isDismissed: false,
    ...override,
  };
}

const counted = (override: Partial<SourceRequests> = {}): SourceRequests => ({
  ...{ requests: 200, rejected: 0, notUnderstood: 0, failed: 0 },
  ...override,
});

interface Given {
  requests?: SourceRequests;
  alerts?: SourceAlert[];
  rules?: Partial<AlertRules>;
}

function evaluate(watched: Partial<WatchedSource>, { requests, alerts = [], rules = {} }: Given = {}) {
  return evaluateSource(source(watched), requests, alerts, { ...RULES, ...rules }, AT);
}

describe('a source that received its last request', () => {
  it.each([
    [60, []],
    [
      60.1,
      [
        {
          kind: 'open',
          rule: 'source_silent',
          severity: 'warning',
          detail: { sourceName: 'main', sourceKind: 'openim', silentMinutes: 60, threshold: 60 },
        },
      ],
    ],
    [240, [{ severity: 'warning' }]],
    [241, [{ severity: 'critical', detail: { silentMinutes: 241, threshold: 240 } }]],
  ])('%d minutes ago: %o', (minutes, expected) => {
    expect(evaluate({ lastReceivedAt: ago(minutes) })).toMatchObject(expected);
  });

  it.each<[string, Partial<WatchedSource>, Partial<AlertRules>]>([
    ['never', { lastReceivedAt: null }, {}],
    ['long before it was enabled again', { lastReceivedAt: ago(5_000), resumedAt: ago(59) }, {}],
    ['before it was paused', { lastReceivedAt: ago(5_000), isActive: false }, {}],
    ['long ago, with the rule off', { lastReceivedAt: ago(5_000) }, DEFAULT_ALERT_RULES],
  ])('%s raises nothing', (_when, watched, rules) => {
    expect(evaluate(watched, { rules })).toEqual([]);
  });

  it('before it was paused counts from when it was enabled again', () => {
    expect(evaluate({ lastReceivedAt: ago(5_000), resumedAt: ago(61) })).toMatchObject([
      { severity: 'warning', detail: { silentMinutes: 61 } },
    ]);
  });
});

describe('requests', () => {
  it.each([
    [counted(), []],
    [
      counted({ notUnderstood: 1 }),
      [
        {
          kind: 'open',
          rule: 'source_rejecting',
          severity: 'warning',
          detail: {
            ...{ sourceName: 'main', sourceKind: 'openim', windowMinutes: 15, threshold: 1 },
            ...{ requests: 200, rejectedRequests: 0, notUnderstoodRequests: 1, failedRequests: 0 },
          },
        },
      ],
    ],
    [counted({ rejected: 99 }), [{ severity: 'warning' }]],
    [
      counted({ rejected: 50, notUnderstood: 30, failed: 20 }),
      [{ severity: 'critical', detail: { threshold: 100 } }],
    ],
  ])('in the window %o: %o', (requests, expected) => {
    expect(evaluate({}, { requests })).toMatchObject(expected);
  });

  it('are compared with the thresholds of the app', () => {
    const source_rejecting = { enabled: true, warning: 10, critical: null, windowMinutes: 5 };
    const given = (rejected: number) => ({
      requests: counted({ rejected }),
      rules: { source_rejecting },
    });
    expect(evaluate({}, given(9))).toEqual([]);
    expect(evaluate({}, given(5_000))).toMatchObject([{ severity: 'warning', detail: { windowMinutes: 5 } }]);
  });
});

describe('an open alert', () => {
  it('about silence escalates once', () => {
    expect(evaluate({ lastReceivedAt: ago(250) }, { alerts: [alert()] })).toMatchObject([
      { kind: 'update', alertId: 'a1', severity: 'critical', isEscalation: true },
    ]);
    expect(
      evaluate({ lastReceivedAt: ago(251) }, { alerts: [alert({ severity: 'critical' })] }),
    ).toMatchObject([{ kind: 'update', severity: 'critical', isEscalation: false }]);
  });

  it('about silence ends with the next request', () => {
    expect(evaluate({ lastReceivedAt: ago(0.1) }, { alerts: [alert()] })).toEqual([
      { kind: 'resolve', alertId: 'a1', severity: 'warning' },
    ]);
  });

  it('about requests ends once they have been fine for a while', () => {
    const about = (clearSince: Date | null) => [alert({ rule: 'source_rejecting', clearSince })];
    expect(evaluate({}, { alerts: about(null) })).toEqual([{ kind: 'clearing', alertId: 'a1' }]);
    expect(evaluate({}, { alerts: about(ago(4.9)) })).toEqual([]);
    expect(evaluate({}, { alerts: about(ago(5)) })).toEqual([
      { kind: 'resolve', alertId: 'a1', severity: 'warning' },
    ]);
    expect(evaluate({}, { alerts: about(ago(3)), requests: counted({ failed: 1 }) })).toMatchObject([
      { kind: 'update', alertId: 'a1', isEscalation: false },
    ]);
  });

  it.each<[string, Partial<WatchedSource>, Partial<AlertRules>]>([
    ['its source is paused or deleted', { isActive: false }, {}],
    [
      'its rule is switched off',
      {},
      {
        source_silent: { ...RULES.source_silent, enabled: false },
        source_rejecting: { ...RULES.source_rejecting, enabled: false },
      },
    ],
  ])('ends at once when %s', (_why, watched, rules) => {
    const alerts = [alert(), alert({ alertId: 'a2', rule: 'source_rejecting' })];
    const given = { alerts, rules, requests: counted({ rejected: 5 }) };
    expect(evaluate({ lastReceivedAt: ago(100), ...watched }, given)).toEqual([
      { kind: 'resolve', alertId: 'a1', severity: 'warning' },
      { kind: 'resolve', alertId: 'a2', severity: 'warning' },
    ]);
  });
});

describe('an alert that a person closed', () => {
  it.each([
    ['warning', 100, []],
    ['warning', 300, [{ kind: 'open', severity: 'critical' }]],
    ['critical', 300, []],
    ['warning', 1, [{ kind: 'clearing', alertId: 'a1' }]],
  ] as const)('as %s, with a silence of %d minutes now: %o', (severity, minutes, expected) => {
    const alerts = [alert({ severity, isDismissed: true })];
    expect(evaluate({ lastReceivedAt: ago(minutes) }, { alerts })).toMatchObject(expected);
  });
});
