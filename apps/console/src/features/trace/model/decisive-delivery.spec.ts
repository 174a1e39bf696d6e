import type { TracedDelivery, TracedWebhook } from '@im/contracts/api/trace';
import { describe, expect, it } from 'vitest';
import { sampleTracedDelivery, sampleTracedWebhook } from '../../../testing/sample-trace.js';
import { actionsOn, decisiveDelivery, isDueSoon } from './decisive-delivery.js';

const failed = sampleTracedDelivery({ deliveryId: 'failed', status: 'failed' });
const arrived = sampleTracedDelivery({ deliveryId: 'arrived' });
const pending = sampleTracedDelivery({ deliveryId: 'pending', status: 'pending' });
const held = sampleTracedDelivery({ deliveryId: 'held', status: 'pending', heldBy: 'breaker' });
const asked = sampleTracedDelivery({ deliveryId: 'asked', status: 'failed', kind: 'before' });

const none = { canRedeliver: false, canSendNow: false, canResume: false };

describe('the delivery that decides', () => {
  it.each<[string, TracedDelivery[], string | undefined]>([
    ['the one that arrived', [arrived, failed], 'arrived'],
    ['else one that may still arrive', [failed, pending, failed], 'pending'],
    ['else the last', [sampleTracedDelivery({ status: 'failed' }), failed], 'failed'],
    ['none', [], undefined],
  ])('is %s', (_, deliveries, deliveryId) => {
    expect(decisiveDelivery({ deliveries })?.deliveryId).toBe(deliveryId);
  });
});

describe('what may be done', () => {
  it.each<[string, TracedDelivery[], Partial<typeof none>]>([
    ['what failed is redelivered', [failed], { canRedeliver: true }],
    ['what waits is sent now', [pending], { canSendNow: true }],
    [
      'what is held is sent now, or with all when the webhook is resumed',
      [held],
      { canSendNow: true, canResume: true },
    ],
    ['a before-callback is asked once', [asked], {}],
    ['nothing without a delivery', [], {}],
  ])('%s', (_, deliveries, expected) => {
    expect(actionsOn(sampleTracedWebhook({ deliveries }))).toEqual({ ...none, ...expected });
  });
});

const NOW = Date.parse('2026-11-29T15:00:00.000Z');
const dueIn = (seconds: number) =>
  sampleTracedDelivery({ status: 'pending', nextAttemptAt: new Date(NOW + seconds * 1_000).toISOString() });
const behind = { what: 'turn', at: null, behindDeliveryId: 'd0', text: { zh: '', en: '' } } as const;

describe('an event may change soon', () => {
  it.each<[string, Partial<TracedWebhook>, boolean]>([
    ['while an attempt is under way', { deliveries: [pending] }, true],
    ['when an attempt is overdue', { deliveries: [dueIn(-60)] }, true],
    ['just before an attempt', { deliveries: [failed, dueIn(5)] }, true],
    ['not while the next attempt is far', { deliveries: [dueIn(600)] }, false],
    ['not while it waits for another delivery', { deliveries: [pending], next: behind }, false],
    ['not while its webhook is stopped', { deliveries: [held] }, false],
    ['not when all is over', { deliveries: [failed, arrived] }, false],
  ])('%s', (_, webhook, isSoon) => {
    expect(isDueSoon({ webhooks: [sampleTracedWebhook(webhook)] }, NOW)).toBe(isSoon);
  });
});
