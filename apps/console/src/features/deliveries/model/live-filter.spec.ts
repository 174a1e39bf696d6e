import type { LiveDelivery } from '@im/contracts/api/live';
import { describe, expect, it } from 'vitest';
import { FILTER_NAMES, type DeliveryFilters } from './delivery-filters.js';
import { belongs, canFollow } from './live-filter.js';

const none = Object.fromEntries(FILTER_NAMES.map((name) => [name, ''])) as DeliveryFilters;
const delivery: LiveDelivery = {
  deliveryId: 'd1',
  callbackId: 'c1',
  eventId: 'e1',
  webhookId: 'w1',
  event: 'message.sent',
  kind: 'event',
  status: 'pending',
  phase: 'retrying',
  heldBy: null,
  attempts: 1,
  maxAttempts: 3,
  responseStatus: 500,
  errorClass: 'server_error',
  durationMs: 12,
  nextAttemptAt: '2026-11-30T08:00:10.000Z',
  createdAt: '2026-11-30T08:00:00.000Z',
  decision: null,
  decidedBy: null,
};

describe('a filtered live log', () => {
  it.each<[Partial<DeliveryFilters>, boolean]>([
    [{}, true],
    [{ event: 'message.*' }, true],
    [{ event: 'friend.*' }, false],
    [{ status: 'pending' }, true],
    [{ status: 'success' }, false],
    [{ phase: 'retrying', responseStatus: '500' }, true],
    [{ phase: 'queued' }, false],
    [{ responseStatus: '404' }, false],
    [{ from: '2026-11-30T09:00:00.000Z' }, false],
  ])('takes by %j: %s', (filters, expected) => {
    expect(belongs(delivery, { ...none, ...filters }, undefined)).toBe(expected);
  });

  it.each<[Pick<LiveDelivery, 'status' | 'phase'>, boolean]>([
    [{ status: 'failed', phase: null }, true],
    [{ status: 'pending', phase: 'retrying' }, true],
    [{ status: 'pending', phase: 'held' }, true],
    [{ status: 'pending', phase: 'queued' }, false],
    [{ status: 'success', phase: null }, false],
    [{ status: 'canceled', phase: null }, false],
    [{ status: 'skipped', phase: null }, false],
  ])('of all that is not well takes %j: %s', (state, expected) => {
    expect(belongs({ ...delivery, ...state }, { ...none, phase: 'problem' }, undefined)).toBe(expected);
  });

  it('takes what is for its webhook', () => {
    expect(belongs(delivery, none, 'w1')).toBe(true);
    expect(belongs(delivery, none, 'w2')).toBe(false);
  });

  it.each<[Partial<DeliveryFilters>, boolean]>([
    [{ range: '1h', errorClass: 'timeout' }, true],
    [{ messageId: 'm1' }, false],
    [{ to: '2026-11-30T09:00:00.000Z' }, false],
  ])('can follow %j by the stream: %s', (filters, expected) => {
    expect(canFollow({ ...none, ...filters })).toBe(expected);
  });
});
