/** The worker with everything around it replaced, and without a clock: nothing may depend on a request that ends by itself. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LookUpCapacityError } from '../../platform/dns/look-up-error.js';
import type { Logger } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import type { FindWebhooksService } from '../webhook-configs/find-webhooks.service.js';
import type { WebhookSettings } from '../webhook-configs/webhook-settings.js';
import type { AttemptDeliveryService } from './attempt-delivery.service.js';
import type { ClaimDeliveriesService } from './claim-deliveries.service.js';
import { DeliveryWorkerService } from './delivery-worker.service.js';
import type { FreshDelivery } from './fresh-deliveries.js';
import { Lanes } from './lanes/lanes.js';
import type { LeasedDelivery } from './lanes/leased-delivery.js';
import { LeaseRegistry } from './lease-registry.js';
import type { LimitRateService } from './limit-rate.service.js';
import { PermitScheduler } from './permits/permit-scheduler.js';
import type { RecordOutcomesService } from './record-outcomes.service.js';
import type { RenewLeasesService } from './renew-leases.service.js';
import type { SplitBatchService } from './split-batch.service.js';
import { TakeInDeliveriesService } from './take-in-deliveries.service.js';

const ANSWER = { responseStatus: 200, errorClass: null, durationMs: 5, retryAfterMs: null };
/** Rounds of the event loop after which everything that can happen has happened. */
const ROUNDS = 50;

const logger = { warn: vi.fn(), error: vi.fn() } as unknown as Logger;
const settings = new Map<string, WebhookSettings>();
const released: string[] = [];
const renew = vi.fn((delivery: LeasedDelivery) => {
  Object.assign(delivery, { seenAt: performance.now(), leaseEndsAt: performance.now() + 10_000 });
  return Promise.resolve(true);
});
const isAlone = vi.fn(() => Promise.resolve(true));
let attempt: ReturnType<
  typeof vi.fn<(webhook: WebhookSettings, deliveries: LeasedDelivery[]) => Promise<unknown>>
>;
let intake: TakeInDeliveriesService;
let count: number;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'performance'] });
  vi.clearAllMocks();
  count = 0;
  settings.clear();
  released.length = 0;
  attempt = vi.fn(({ url }) =>
    url === 'hangs' ? new Promise(() => undefined) : Promise.resolve({ outcome: ANSWER, deliveries: [] }),
  );
  const leases = {
    renew,
    release: ({ deliveryId }: LeasedDelivery) => {
      released.push(deliveryId);
      return Promise.resolve(undefined);
    },
  };
  const webhooks = {
    settingsOf: (ids: Iterable<string>) =>
      Promise.resolve(new Map([...ids].flatMap((id) => (settings.has(id) ? [[id, settings.get(id)!]] : [])))),
  } as unknown as FindWebhooksService;
  const lanes = new Lanes();
  const permits = new PermitScheduler({ WEBHOOK_CONCURRENCY: 256 });
  const registry = new LeaseRegistry(leases as unknown as RenewLeasesService, logger);
  const claims = { isAlone, due: () => Promise.resolve(new Map()) } as unknown as ClaimDeliveriesService;
  const metrics = new Metrics('worker');
  intake = new TakeInDeliveriesService(claims, webhooks, lanes, registry, permits, logger, metrics);
  const outcomes = { record: () => [], prepareStop: () => undefined, unrecorded: 0 };
  new DeliveryWorkerService(
    ...([intake, lanes, permits, registry] as const),
    { attempt } as unknown as AttemptDeliveryService,
    outcomes as unknown as RecordOutcomesService,
    {} as LimitRateService,
    {} as SplitBatchService,
    ...([webhooks, logger, metrics] as const),
  ).start();
});

afterEach(() => {
  vi.clearAllTimers();
  vi.useRealTimers();
});

function webhook(webhookId: string, override: Partial<WebhookSettings> = {}): string {
  settings.set(webhookId, {
    webhookId,
    url: 'answers',
    isEnabled: true,
    isDeleted: false,
    isPausedByPerson: false,
    isOpenable: true,
    isPaused: false,
    resumedAt: null,
    rateLimitPerSecond: 0,
    batch: null,
    retryPolicy: { maxDelayMs: 60_000 },
    app: { tenantId: 'tenant' },
    ...override,
  } as WebhookSettings);
  return webhookId;
}

function fresh(webhookId: string, deliveryId: string, override: Partial<FreshDelivery> = {}): FreshDelivery {
  const delivery = { deliveryId, webhookId, payload: '{}', kind: 'event', orderedConversationId: null };
  return { ...delivery, ...override } as FreshDelivery;
}

async function take(...deliveries: FreshDelivery[]): Promise<void> {
  intake.takeFresh(deliveries, performance.now());
  await settle();
}

function send(webhookId: string, deliveries: number): Promise<void> {
  return take(...Array.from({ length: deliveries }, () => fresh(webhookId, String((count += 1)))));
}

async function settle(): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) await new Promise((resolve) => setImmediate(resolve));
}

const sentTo = (webhookId: string) =>
  attempt.mock.calls.filter(([target]) => target.webhookId === webhookId).length;
const sentIds = () =>
  attempt.mock.calls.map(([, deliveries]) => deliveries.map(({ deliveryId }) => deliveryId));

describe('beside 500 new webhooks that never answer', () => {
  async function hang(tenantId: string): Promise<void> {
    const app = { tenantId } as WebhookSettings['app'];
    for (let n = 0; n < 500; n += 1) await send(webhook(`hanging ${n}`, { url: 'hangs', app }), 3);
  }

  it('a webhook of their tenant that has answered before waits for none of them', async () => {
    webhook('healthy');
    await send('healthy', 1);
    await hang('tenant');
    await send('healthy', 200);
    expect(sentTo('healthy')).toBe(201);
  });

  it('a new webhook of another tenant waits for none of them', async () => {
    await hang('tenant');
    await send(webhook('healthy', { app: { tenantId: 'other tenant' } as WebhookSettings['app'] }), 200);
    expect(sentTo('healthy')).toBe(200);
  });

  it('a new webhook of their tenant waits until they have had their trial', async () => {
    await hang('tenant');
    await send(webhook('healthy'), 1);
    expect(sentTo('healthy')).toBe(0);
    for (let passedMs = 0; passedMs < 5_000; passedMs += 100) {
      await vi.advanceTimersByTimeAsync(100);
      await settle();
    }
    expect(sentTo('healthy')).toBe(1);
  });
});

it('what did not leave because of us goes back to the rows, and its webhook is left alone for a moment', async () => {
  webhook('crowded');
  attempt.mockRejectedValueOnce(new LookUpCapacityError('crowded.example'));
  await take(fresh('crowded', 'a'));
  expect(released).toEqual(['a']);
  await take(fresh('crowded', 'b'));
  expect(sentTo('crowded')).toBe(1);
  await vi.advanceTimersByTimeAsync(1_000);
  await settle();
  expect(sentTo('crowded')).toBe(2);
});

it('a batch whose retries came due in another order is sent in the order it had', async () => {
  webhook('batches', { batch: { maxEvents: 3, maxWaitMs: 100 } });
  await take(...['2', '3', '1'].map((id) => fresh('batches', id)));
  expect(sentIds()).toEqual([['1', '2', '3']]);
});

describe('a delivery that waited long enough to be read again before it is sent', () => {
  /** Its batch fills slowly, so that it is stale when it is sent. */
  async function takeStale(state: Partial<WebhookSettings>): Promise<void> {
    webhook('w', { batch: { maxEvents: 10, maxWaitMs: 900 } });
    await take(fresh('w', 'a'), fresh('w', 'b'));
    webhook('w', { batch: { maxEvents: 10, maxWaitMs: 900 }, ...state });
    await vi.advanceTimersByTimeAsync(900);
    await settle();
  }

  it.each([
    ['disabled', { isEnabled: false }],
    ['paused by a person', { isPausedByPerson: true }],
    ['deleted', { isEnabled: false, isDeleted: true }],
  ])('is released when its webhook is %s by now', async (_, state) => {
    await takeStale(state);
    expect(released).toEqual(['a', 'b']);
    expect(attempt).not.toHaveBeenCalled();
  });

  it('is sent when it may be', async () => {
    await takeStale({});
    expect(sentIds()).toEqual([['a', 'b']]);
    expect(released).toEqual([]);
  });

  it('is left alone when another worker has it', async () => {
    renew.mockResolvedValueOnce(false).mockResolvedValueOnce(false);
    await takeStale({});
    expect(attempt).not.toHaveBeenCalled();
    expect(released).toEqual([]);
  });

  it('is released when it cannot be read', async () => {
    renew.mockRejectedValueOnce(new Error('PostgreSQL is away'));
    await takeStale({});
    expect(released).toEqual(['a', 'b']);
  });
});

describe('while the breaker of a webhook is open', () => {
  it('a delivery that nothing waits behind is sent', async () => {
    webhook('w', { isPaused: true });
    await take(fresh('w', 'a'));
    expect(sentIds()).toEqual([['a']]);
  });

  it('a delivery is released when others wait, and when that is unknown', async () => {
    webhook('w', { isPaused: true });
    isAlone.mockResolvedValueOnce(false);
    await take(fresh('w', 'a'));
    await vi.advanceTimersByTimeAsync(1_000);
    isAlone.mockRejectedValueOnce(new Error('PostgreSQL is away'));
    await take(fresh('w', 'b'));
    expect(released).toEqual(['a', 'b']);
  });

  it('of very many deliveries one asks whether it is alone', async () => {
    webhook('w', { isPaused: true });
    isAlone.mockResolvedValueOnce(false);
    await send('w', 50);
    expect(isAlone).toHaveBeenCalledTimes(1);
    expect(released).toHaveLength(50);
  });
});

it('a paused webhook gets only what a person asked for', async () => {
  webhook('w', { isPausedByPerson: true });
  await take(fresh('w', 'a'), fresh('w', 'asked for', { kind: 'redelivery' }));
  expect(released).toEqual(['a']);
  expect(sentIds()).toEqual([['asked for']]);
});
