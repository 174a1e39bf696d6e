import type { TracedDelivery } from '@im/contracts/api/trace';
import { describe, expect, it } from 'vitest';
import { sampleTracedDelivery, sampleTracedWebhook } from '../../../testing/sample-trace.js';
import { actionsOn, decisiveDelivery, isMoving } from './decisive-delivery.js';

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

describe('an event is under way', () => {
  it.each([
    ['while an attempt is due', [pending], true],
    ['not while its webhook is stopped', [held], false],
    ['not when all is over', [failed, arrived], false],
  ])('%s', (_, deliveries, isUnderWay) => {
    expect(isMoving({ webhooks: [sampleTracedWebhook({ deliveries })] })).toBe(isUnderWay);
  });
});
