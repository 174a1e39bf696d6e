import { describe, expect, it, vi } from 'vitest';
import type { Metrics } from '../../platform/metrics/metrics.js';
import type { Logger } from '../../platform/logging/logger.js';
import type { FindWebhooksService } from '../webhook-configs/find-webhooks.service.js';
import type { WebhookSettings } from '../webhook-configs/webhook-settings.js';
import type { ClaimsRepository } from '../delivery-store/data/claims.repository.js';
import type { DispatchDeliveriesService } from './dispatch-deliveries.service.js';
import { HoldDeliveriesService } from './hold-deliveries.service.js';
import type { KeepLeasesService } from './keep-leases.service.js';
import type { HeldDelivery } from './lanes/held-delivery.js';
import { Lanes } from './lanes/lanes.js';

const settings = {
  webhookId: 'w',
  url: 'https://example.com/',
  isEnabled: true,
  isDeleted: false,
  isPausedByPerson: false,
  isPaused: false,
  resumedAt: null,
  rateLimitPerSecond: 0,
} as WebhookSettings;

function delivery(deliveryId: string, override: Partial<HeldDelivery> = {}): HeldDelivery {
  return {
    deliveryId,
    webhookId: 'w',
    payload: '{}',
    claimNumber: 1,
    recoveryId: null,
    ...override,
  } as HeldDelivery;
}

/** The service with everything around it replaced. */
function setUp(override: Partial<WebhookSettings> = {}) {
  const released: string[] = [];
  const leases = {
    renew: vi.fn(() => Promise.resolve(true)),
    release: (held: HeldDelivery) => {
      released.push(held.deliveryId);
      return Promise.resolve(undefined);
    },
  };
  const dispatch = { resume: vi.fn(), lineUp: vi.fn(), start: vi.fn() };
  const claims = { isAlone: vi.fn(() => Promise.resolve(true)) };
  const lanes = new Lanes();
  const hold = new HoldDeliveriesService(
    claims as unknown as ClaimsRepository,
    {
      settingsOf: () => Promise.resolve(new Map([['w', { ...settings, ...override }]])),
    } as unknown as FindWebhooksService,
    leases as unknown as KeepLeasesService,
    lanes,
    dispatch as unknown as DispatchDeliveriesService,
    { warn: () => undefined } as unknown as Logger,
    {} as Metrics,
  );
  return { hold, lane: lanes.of(settings), leases, claims, dispatch, released };
}

describe('the lease of a delivery that is looked at again before it is sent', () => {
  it.each([
    ['disabled', { isEnabled: false }],
    ['paused by a person', { isPausedByPerson: true }],
    ['deleted', { isEnabled: false, isDeleted: true }],
  ])(
    'is released when its webhook is %s by now, so that it goes out at once when that ends',
    async (_, state) => {
      const { hold, lane, dispatch, released } = setUp(state);
      hold.lookUp(lane, [delivery('a'), delivery('b')]);
      await vi.waitFor(() => expect(dispatch.resume).toHaveBeenCalledWith(lane, []));
      expect(released).toEqual(['a', 'b']);
    },
  );

  it('is kept when it may be sent', async () => {
    const { hold, lane, dispatch, released } = setUp();
    const deliveries = [delivery('a')];
    hold.lookUp(lane, deliveries);
    await vi.waitFor(() => expect(dispatch.resume).toHaveBeenCalledWith(lane, deliveries));
    expect(released).toEqual([]);
  });

  it('is released when it cannot be looked at', async () => {
    const { hold, lane, leases, dispatch, released } = setUp();
    leases.renew.mockRejectedValue(new Error('PostgreSQL is away'));
    hold.lookUp(lane, [delivery('a')]);
    await vi.waitFor(() => expect(dispatch.lineUp).toHaveBeenCalledWith(lane));
    expect(released).toEqual(['a']);
  });
});

it('the lease of a delivery behind an open breaker is released when the rows cannot tell whether it is alone', async () => {
  const { hold, lane, claims, released } = setUp();
  lane.setPaused(true);
  claims.isAlone.mockRejectedValue(new Error('PostgreSQL is away'));
  hold.place(lane, delivery('a', { dueAt: 0 }));
  await vi.waitFor(() => expect(released).toEqual(['a']));
});

it('the lease of a delivery that comes for a webhook which is paused by now is released', () => {
  const { hold, lane, released } = setUp();
  lane.adopt({ ...settings, isPausedByPerson: true });
  hold.place(lane, delivery('a', { dueAt: 0 }));
  hold.place(lane, delivery('b', { dueAt: 0, passesHolds: true, mayPassBreaker: true }));
  expect(released).toEqual(['a']);
  expect(lane.live.oldest?.deliveryId).toBe('b');
});

it('a retry that waits here for its time goes out at once when it is claimed again as due', () => {
  const { hold, lane, dispatch } = setUp();
  hold.place(lane, delivery('a', { dueAt: performance.now() + 9_000 }));
  expect(lane.waiting).toBe(0);
  const claimed = delivery('a', { dueAt: 0, claimNumber: 2, passesHolds: true, mayPassBreaker: true });
  hold.place(lane, claimed);
  expect(lane.live.oldest).toBe(claimed);
  expect(dispatch.lineUp).toHaveBeenCalledWith(lane);
  // What waits in its lane already stays where it is.
  hold.place(lane, delivery('a', { dueAt: 0, claimNumber: 3 }));
  expect(lane.waiting).toBe(1);
  expect(lane.live.oldest).toMatchObject({ claimNumber: 3, passesHolds: true });
});
