import { DEFAULT_ALERT_RULES, type AlertRules } from '@im/contracts/api/alert-rules';
import { describe, expect, it } from 'vitest';
import {
  evaluateWebhook as evaluateWith,
  type DismissedAlert,
  type UnresolvedAlert,
  type WebhookFacts,
} from './evaluate-webhook.js';

function facts(overrides: Partial<WebhookFacts> = {}): WebhookFacts {
  return {
    name: 'orders',
    url: 'https://example.com/hook',
    isDeleted: false,
    disabledReason: null,
    waitingDeliveries: 0,
    unopenableSince: null,
    configuredAt: new Date(0),
    consecutiveFailures: 0,
    failingSince: null,
    exhaustedSinceSuccess: 0,
    newlyExhausted: 0,
    lastFailedDeliveryId: null,
    lastExhaustedDeliveryId: null,
    lastErrorClass: null,
    lastResponseStatus: null,
    ...overrides,
  };
}

const evaluateWebhook = (
  state: WebhookFacts,
  unresolved: readonly UnresolvedAlert[],
  dismissed: readonly DismissedAlert[],
  rules: Partial<AlertRules> = {},
) => evaluateWith(state, unresolved, dismissed, { ...DEFAULT_ALERT_RULES, ...rules });

const failing = (consecutiveFailures: number) =>
  facts({
    consecutiveFailures,
    failingSince: new Date(1_000),
    lastErrorClass: 'server_error',
    lastResponseStatus: 500,
  });

const open = (rule: UnresolvedAlert['rule'], severity: UnresolvedAlert['severity']): UnresolvedAlert => ({
  alertId: 'a1',
  rule,
  severity,
});

describe('consecutive failures', () => {
  it.each([
    [4, []],
    [5, [{ kind: 'open', severity: 'warning' }]],
    [9, [{ kind: 'open', severity: 'warning' }]],
    [10, [{ kind: 'open', severity: 'critical' }]],
  ])('%i in a row, no alert yet: %o', (count, expected) => {
    expect(evaluateWebhook(failing(count), [], [])).toMatchObject(expected);
  });

  it('escalates the open alert instead of opening another', () => {
    const changes = evaluateWebhook(failing(10), [open('consecutive_failures', 'warning')], []);
    expect(changes).toMatchObject([
      { kind: 'update', alertId: 'a1', severity: 'critical', isEscalation: true },
    ]);
  });

  it('keeps a critical alert critical and updates the count', () => {
    const changes = evaluateWebhook(failing(12), [open('consecutive_failures', 'critical')], []);
    expect(changes).toMatchObject([
      {
        kind: 'update',
        severity: 'critical',
        isEscalation: false,
        detail: { consecutiveFailures: 12, lastResponseStatus: 500 },
      },
    ]);
  });

  it('resolves by itself after a success', () => {
    expect(evaluateWebhook(facts(), [open('consecutive_failures', 'critical')], [])).toMatchObject([
      { kind: 'resolve', alertId: 'a1' },
    ]);
  });
});

describe('a rule with settings of its own', () => {
  const rule = (warning: number, critical: number | null) => ({
    consecutive_failures: { enabled: true, warning, critical },
  });

  it.each([
    [2, rule(3, 4), []],
    [3, rule(3, 4), [{ severity: 'warning', detail: { threshold: 3 } }]],
    [4, rule(3, 4), [{ severity: 'critical', detail: { threshold: 4 } }]],
    [5, rule(5, 5), [{ severity: 'critical' }]],
    [500, rule(5, null), [{ severity: 'warning' }]],
  ])('%i failures in a row under %o: %o', (count, rules, expected) => {
    expect(evaluateWebhook(failing(count), [], [], rules)).toMatchObject(expected);
  });

  it.each(['consecutive_failures', 'delivery_exhausted', 'webhook_disabled'] as const)(
    'that is switched off (%s) opens nothing and resolves what is open',
    (name) => {
      const state = { ...failing(20), exhaustedSinceSuccess: 1, disabledReason: 'gone' as const };
      const off = { [name]: { ...DEFAULT_ALERT_RULES[name], enabled: false } };
      const opened = evaluateWebhook(state, [], [], off).map((change) => 'rule' in change && change.rule);
      expect(opened).toHaveLength(2);
      expect(opened).not.toContain(name);
      const changes = evaluateWebhook(state, [open(name, 'critical')], [], off);
      expect(changes).toContainEqual({ kind: 'resolve', alertId: 'a1', severity: 'critical' });
    },
  );
});

describe('an alert that a person closed', () => {
  const dismissed = (overrides: Partial<DismissedAlert> = {}): DismissedAlert[] => [
    { rule: 'consecutive_failures', severity: 'warning', openedAt: new Date(2_000), ...overrides },
  ];

  it('stays closed while the same failures go on', () => {
    expect(evaluateWebhook(failing(7), [], dismissed())).toEqual([]);
  });

  it('comes back when it gets worse', () => {
    expect(evaluateWebhook(failing(10), [], dismissed())).toMatchObject([
      { kind: 'open', severity: 'critical' },
    ]);
  });

  it('comes back when the webhook had recovered in between', () => {
    expect(evaluateWebhook(failing(5), [], dismissed({ openedAt: new Date(500) }))).toMatchObject([
      { kind: 'open' },
    ]);
  });

  it('about a disabled webhook comes back only when the webhook was enabled and disabled again', () => {
    const closed = dismissed({ rule: 'webhook_disabled', severity: 'critical' });
    const disabledAt = (ms: number) => facts({ disabledReason: 'gone', configuredAt: new Date(ms) });
    expect(evaluateWebhook(disabledAt(1_900), [], closed)).toEqual([]);
    expect(evaluateWebhook(disabledAt(2_100), [], closed)).toMatchObject([{ rule: 'webhook_disabled' }]);
  });

  it('about a given-up delivery comes back only with the next one given up', () => {
    const closed = dismissed({ rule: 'delivery_exhausted', severity: 'critical' });
    expect(evaluateWebhook(facts({ exhaustedSinceSuccess: 1 }), [], closed)).toEqual([]);
    expect(evaluateWebhook(facts({ exhaustedSinceSuccess: 2, newlyExhausted: 1 }), [], closed)).toMatchObject(
      [{ kind: 'open', rule: 'delivery_exhausted' }],
    );
  });
});

describe('deliveries given up', () => {
  it('open an alert that names the newest of them', () => {
    const changes = evaluateWebhook(
      facts({ exhaustedSinceSuccess: 3, newlyExhausted: 3, lastExhaustedDeliveryId: 'd3' }),
      [],
      [],
    );
    expect(changes).toMatchObject([
      {
        kind: 'open',
        rule: 'delivery_exhausted',
        isOver: false,
        detail: { exhaustedDeliveries: 3, lastDeliveryId: 'd3' },
      },
    ]);
  });

  it('are notified even when a success came before the evaluation', () => {
    expect(evaluateWebhook(facts({ newlyExhausted: 1 }), [], [])).toMatchObject([
      { kind: 'open', rule: 'delivery_exhausted', isOver: true },
    ]);
  });

  it('are resolved by a success', () => {
    expect(evaluateWebhook(facts(), [open('delivery_exhausted', 'critical')], [])).toMatchObject([
      { kind: 'resolve', alertId: 'a1' },
    ]);
  });
});

it.each(['gone', 'failing'] as const)(
  'opens an alert that says why when the service disabled the webhook (%s), and resolves it once a person enabled it',
  (disabledReason) => {
    expect(evaluateWebhook(facts({ disabledReason, waitingDeliveries: 7 }), [], [])).toMatchObject([
      {
        kind: 'open',
        rule: 'webhook_disabled',
        severity: 'critical',
        detail: { disabledReason, waitingDeliveries: 7 },
      },
    ]);
    expect(evaluateWebhook(facts(), [open('webhook_disabled', 'critical')], [])).toMatchObject([
      { kind: 'resolve', alertId: 'a1' },
    ]);
  },
);

it('opens no alert about a webhook that a person disabled', () => {
  expect(evaluateWebhook(facts({ disabledReason: 'by_person' }), [], [])).toEqual([]);
});

it('resolves everything about a deleted webhook and opens nothing', () => {
  const state = facts({
    isDeleted: true,
    consecutiveFailures: 20,
    exhaustedSinceSuccess: 2,
    newlyExhausted: 1,
  });
  expect(evaluateWebhook(state, [], [])).toEqual([]);
  expect(evaluateWebhook(state, [open('consecutive_failures', 'critical')], [])).toMatchObject([
    { kind: 'resolve', alertId: 'a1' },
  ]);
});

describe('a webhook whose secrets cannot be opened', () => {
  const since = new Date(5_000);
  const unopenable = facts({ unopenableSince: since });

  it('has a critical alert, which shows its URL without tokens', () => {
    const url = 'https://hooks.example.com/hooks/3f2504e0-4f89-41d3-9a0c-0305e82c3301';
    expect(evaluateWebhook({ ...unopenable, url }, [], [])).toMatchObject([
      {
        kind: 'open',
        rule: 'cannot_sign',
        severity: 'critical',
        detail: { webhookName: 'orders', webhookUrl: 'https://hooks.example.com/hooks/****' },
      },
    ]);
  });

  it('has it no more once they can be opened', () => {
    expect(evaluateWebhook(facts(), [open('cannot_sign', 'critical')], [])).toMatchObject([
      { kind: 'resolve' },
    ]);
  });

  it('keeps it closed when a person closed it, until it happens again', () => {
    const closed = (openedAt: Date): DismissedAlert[] => [
      { rule: 'cannot_sign', severity: 'critical', openedAt },
    ];
    expect(evaluateWebhook(unopenable, [], closed(new Date(6_000)))).toEqual([]);
    expect(evaluateWebhook(unopenable, [], closed(new Date(4_000)))).toMatchObject([{ rule: 'cannot_sign' }]);
  });
});
