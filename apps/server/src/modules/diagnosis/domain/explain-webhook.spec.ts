import { describe, expect, it } from 'vitest';
import { explainWebhook } from './explain-webhook.js';
import type { DeliveryFacts, WebhookFacts } from './trace-facts.js';

const NOW = new Date('2026-11-21T08:00:00Z');
const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000);

const there = {
  state: 'there',
  enabled: true,
  events: ['message.*'],
  revision: 3,
  since: minutes(-600),
  by: 'li@example.com',
} as const;

function facts(override: {
  then?: Partial<Extract<WebhookFacts['then'], { state: 'there' | 'deleted' }>> | 'not_yet_created';
  now?: Partial<WebhookFacts['now']>;
  deliveries?: Partial<DeliveryFacts>[];
  event?: string;
}): WebhookFacts {
  return {
    event: override.event ?? 'message.sent',
    then:
      override.then === 'not_yet_created'
        ? { state: 'not_yet_created' }
        : { ...there, events: [...there.events], ...override.then },
    now: {
      createdAt: minutes(-700),
      deletedAt: null,
      isEnabled: true,
      disabledReason: null,
      pausedAt: null,
      pausedBy: null,
      probeAt: null,
      rateLimitPerSecond: 0,
      ...override.now,
    },
    deliveries: (override.deliveries ?? []).map((delivery, index) => ({
      deliveryId: `d-${String(index)}`,
      kind: 'event',
      status: 'pending',
      heldBy: null,
      attempts: 0,
      maxAttempts: 9,
      nextAttemptAt: null,
      createdAt: minutes(-30),
      completedAt: null,
      cancelReason: null,
      decision: null,
      decidedBy: null,
      diagnosis: null,
      behindDeliveryId: null,
      ...delivery,
    })),
    at: NOW,
  };
}

const refused = { zh: '拒绝', en: 'It refused.' };
const diagnosis = { cause: refused, advice: refused };
const ended = { completedAt: minutes(-10), attempts: 2 };
const paused = { probeAt: minutes(1) };
const byBreaker = { heldBy: 'breaker' } as const;
const byPerson = { heldBy: 'person' } as const;

describe('the outcome for a webhook', () => {
  it.each<[what: string, Parameters<typeof facts>[0], outcome: string, en: RegExp, zh: RegExp]>([
    [
      'that decided about it before',
      {
        deliveries: [
          { kind: 'before', status: 'success', decision: 'deny', decidedBy: 'receiver', ...ended },
        ],
      },
      'delivered',
      /^A before-callback: the receiver was asked before the event, and denied it\.$/,
      /^前置回调：事件发生前询问了接收方，它决定拒绝。$/,
    ],
    [
      'that was asked before it and failed',
      {
        deliveries: [
          { kind: 'before', status: 'failed', decision: 'allow', decidedBy: 'error', diagnosis, ...ended },
        ],
      },
      'failed',
      /policy allowed it; it is not asked again\. The last failure: It refused\./,
      /按回调的策略允许；不会再询问。.*拒绝/,
    ],
    [
      'that took it',
      { deliveries: [{ status: 'success', ...ended }] },
      'delivered',
      /^Delivered: at 2026-11-21 07:50:00 UTC the receiver answered 2xx to attempt 2\.$/,
      /^已送达/,
    ],
    [
      'that took it when it was sent again',
      {
        deliveries: [
          { status: 'failed', ...ended },
          { status: 'success', kind: 'redelivery', ...ended },
        ],
      },
      'delivered',
      /of a redelivery/,
      /重新投递/,
    ],
    [
      'that retries',
      { deliveries: [{ attempts: 2, nextAttemptAt: minutes(5), diagnosis }] },
      'waiting',
      /after 2 attempts without success\. Attempt 3\/9 is due at 2026-11-21 08:05:00 UTC\. The last failure: It refused\./,
      /第 3\/9 次尝试/,
    ],
    [
      'with a limit',
      { deliveries: [{ nextAttemptAt: minutes(-1) }], now: { rateLimitPerSecond: 5 } },
      'waiting',
      /Waiting for its first attempt\..*limited to 5 requests a second/,
      /限速每秒 5 个/,
    ],
    [
      'that keeps an order',
      { deliveries: [{ nextAttemptAt: minutes(-1), behindDeliveryId: 'd-9' }] },
      'waiting',
      /after delivery d-9 has succeeded or was given up/,
      /排在投递 d-9 之后/,
    ],
    [
      'whose breaker is open',
      { deliveries: [{ attempts: 1, nextAttemptAt: minutes(5), ...byBreaker }], now: paused },
      'paused',
      /deliveries to it are paused\. The next probe is due at 2026-11-21 08:01:00 UTC/,
      /熔断/,
    ],
    [
      'that a person paused',
      {
        deliveries: [{ ...byPerson, nextAttemptAt: minutes(-5) }],
        now: { pausedAt: minutes(-20), pausedBy: 'li@example.com' },
      },
      'paused',
      /^Waiting: li@example\.com paused the webhook at 2026-11-21 07:40:00 UTC; it goes out in its order once/,
      /li@example\.com 在 .* 暂停了回调/,
    ],
    [
      'that was disabled while it waits',
      { deliveries: [byPerson], now: { isEnabled: false, disabledReason: 'by_person' } },
      'paused',
      /^Waiting: the webhook was disabled; it goes out once it is enabled/,
      /已被人停用；重新启用后发出/,
    ],
    [
      'that answered 410 while it waits',
      { deliveries: [byBreaker], now: { isEnabled: false, disabledReason: 'gone', ...paused } },
      'paused',
      /since its receiver answered 410; it goes out once/,
      /返回 410/,
    ],
    [
      'whose recovery is paused',
      { deliveries: [{ ...byPerson, kind: 'redelivery' }] },
      'paused',
      /the recovery that replays it is paused/,
      /批量恢复已暂停/,
    ],
    [
      'whose breaker does not stop a redelivery',
      {
        deliveries: [
          { status: 'failed', ...ended },
          { kind: 'redelivery', nextAttemptAt: minutes(5) },
        ],
        now: paused,
      },
      'waiting',
      /Attempt 1\/9 is due at/,
      /第 1\/9 次/,
    ],
    [
      'that failed to the end',
      { deliveries: [{ status: 'failed', ...ended, attempts: 9, diagnosis }] },
      'failed',
      /^Failed after 9 of at most 9 attempts.*It refused\.$/,
      /不会再自动重试/,
    ],
    [
      'where a person canceled it',
      { deliveries: [{ status: 'canceled', ...ended }] },
      'canceled',
      /by a person, after 2 attempts/,
      /由人取消/,
    ],
    [
      'where it was canceled with the disabling',
      { deliveries: [{ status: 'canceled', ...ended, cancelReason: 'webhook_disabled' }] },
      'canceled',
      /by the person who disabled the webhook and chose to cancel what waited, after 2 attempts/,
      /停用回调时选择了取消/,
    ],
    [
      'that delayed it for too long',
      { deliveries: [{ status: 'canceled', ...ended, cancelReason: 'retention' }] },
      'canceled',
      /because its event was no longer kept/,
      /保留期/,
    ],
    [
      'that was deleted while it waited',
      { deliveries: [{ status: 'canceled', ...ended }], now: { deletedAt: minutes(-11) } },
      'canceled',
      /because the webhook was deleted/,
      /回调被删除/,
    ],
    [
      'that was disabled when it came',
      { deliveries: [{ status: 'skipped', ...ended }], then: { enabled: false }, now: { isEnabled: false } },
      'disabled',
      /was disabled when the event came \(settings since 2026-11-20 22:00:00 UTC, by li@example\.com\)\. It can be recovered once/,
      /停用状态/,
    ],
    [
      'that was disabled while it waited',
      { deliveries: [{ status: 'skipped', ...ended }] },
      'skipped',
      /disabled at 2026-11-21 07:50:00 UTC while it waited\. It can be recovered\./,
      /等待期间/,
    ],
    [
      'that wanted other events',
      { then: { events: ['message.revoked', 'group.*'] } },
      'filtered',
      /^Not sent: the webhook’s filter at that time was message\.revoked, group\.\*, which does not include message\.sent\.$/,
      /只订阅 message\.revoked/,
    ],
    [
      'that was made later',
      { then: 'not_yet_created' },
      'not_yet_created',
      /did not exist yet; it was created at 2026-11-20/,
      /还没有这个回调/,
    ],
    [
      'that was gone',
      { then: { state: 'deleted' }, now: { deletedAt: minutes(-60) } },
      'deleted',
      /had been deleted at 2026-11-21 07:00:00 UTC/,
      /已被删除/,
    ],
    ['that wanted it and has nothing', {}, 'missing', /can be recovered/, /保留期/],
    [
      'that was disabled and has nothing',
      { then: { enabled: false } },
      'disabled',
      /was disabled when/,
      /停用/,
    ],
  ])('%s is explained with what decided it', (_what, given, outcome, en, zh) => {
    const explanation = explainWebhook(facts(given));
    expect(explanation.outcome).toBe(outcome);
    expect(explanation.answer.en).toMatch(en);
    expect(explanation.answer.zh).toMatch(zh);
  });

  it.each([
    [
      'the filter',
      { then: { events: ['message.revoked'] } },
      { field: 'events', value: ['message.revoked'] },
    ],
    ['the switch', { then: { enabled: false } }, { field: 'enabled', value: false }],
  ] as const)('names %s with its revision', (_what, given, setting) => {
    const { decidedBy } = explainWebhook(
      facts({ then: 'events' in given.then ? { events: [...given.then.events] } : given.then }),
    );
    expect(decidedBy).toEqual({
      ...setting,
      revision: 3,
      since: '2026-11-20T22:00:00.000Z',
      by: 'li@example.com',
    });
  });

  it.each([
    ['an attempt', { nextAttemptAt: minutes(5) }, {}, { what: 'attempt', at: '2026-11-21T08:05:00.000Z' }],
    [
      'a probe',
      { nextAttemptAt: minutes(5), ...byBreaker },
      paused,
      { what: 'probe', at: '2026-11-21T08:01:00.000Z' },
    ],
    ['its order', { behindDeliveryId: 'd-7' }, paused, { what: 'turn', at: null, behindDeliveryId: 'd-7' }],
    ['nothing', { status: 'failed', ...ended } as const, {}, null],
    ['nothing', { nextAttemptAt: minutes(5), ...byPerson }, { pausedAt: minutes(-1), ...paused }, null],
    ['nothing', { nextAttemptAt: minutes(5), ...byBreaker }, { isEnabled: false, ...paused }, null],
  ])('says that %s is next', (_what, delivery, now, next) => {
    expect(explainWebhook(facts({ deliveries: [delivery], now }))).toMatchObject({ next });
  });
});
