/** What goes out while very many receivers hang, without a clock: nothing may depend on one of them giving up. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Logger } from '../../platform/logging/logger.js';
import { LookUpCapacityError } from '../../platform/dns/look-up-error.js';
import type { WebhookSettings } from '../webhook-configs/webhook-settings.js';
import type { AttemptDeliveryService } from './attempt-delivery.service.js';
import { DispatchDeliveriesService } from './dispatch-deliveries.service.js';
import type { HeldDelivery } from './lanes/held-delivery.js';
import { Lane } from './lanes/lane.js';
import type { LaneKeeper } from './lanes/lane-keeper.js';
import { PayloadMemory } from './lanes/payload-memory.js';
import type { LimitRateService } from './limit-rate.service.js';
import type { RecordOutcomesService } from './record-outcomes.service.js';
import type { SplitBatchService } from './split-batch.service.js';

const ANSWER = { responseStatus: 200, errorClass: null, durationMs: 5, retryAfterMs: null };
/** Rounds of the event loop after which everything that can happen has happened. */
const ROUNDS = 50;

const LEASE_MS = 10_000;

const keeper = {
  laneMoved: vi.fn(),
  giveBack: vi.fn(),
  dropped: vi.fn(),
  lookUp: (lane: Lane, deliveries: HeldDelivery[]) => {
    for (const delivery of deliveries) Object.assign(delivery, leasedNow());
    dispatch.resume(lane, deliveries);
  },
};
const memory = new PayloadMemory();
let attempt: ReturnType<
  typeof vi.fn<(settings: WebhookSettings, deliveries: HeldDelivery[]) => Promise<unknown>>
>;
let dispatch: DispatchDeliveriesService;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'performance'] });
  vi.clearAllMocks();
  attempt = vi.fn(({ url }) =>
    url === 'hangs' ? new Promise(() => undefined) : Promise.resolve({ outcome: ANSWER, deliveries: [] }),
  );
  dispatch = new DispatchDeliveriesService(
    { WEBHOOK_CONCURRENCY: 256 },
    { attempt } as unknown as AttemptDeliveryService,
    { start: vi.fn(), record: vi.fn(), unrecorded: 0 } as unknown as RecordOutcomesService,
    {} as LimitRateService,
    {} as SplitBatchService,
    { warn: vi.fn(), error: vi.fn() } as unknown as Logger,
  );
  dispatch.start(keeper as unknown as LaneKeeper);
});

afterEach(() => {
  dispatch.stop();
  vi.useRealTimers();
});

function laneOf(
  webhookId: string,
  url: string,
  tenantId = 'tenant',
  batch: WebhookSettings['batch'] = null,
): Lane {
  const settings = {
    webhookId,
    url,
    isEnabled: true,
    isPausedByPerson: false,
    isOpenable: true,
    isPaused: false,
    rateLimitPerSecond: 0,
    batch,
    retryPolicy: { maxDelayMs: 60_000 },
    app: { tenantId },
  };
  return new Lane(settings as WebhookSettings, memory);
}

async function send(lane: Lane, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const delivery = {
      deliveryId: `${lane.webhookId} ${n}`,
      payload: '{}',
      recoveryId: null,
      wasRefused: false,
    };
    lane.add({ ...delivery, ...leasedNow() } as HeldDelivery);
  }
  dispatch.lineUp(lane);
  await settle();
}

function leasedNow(): Pick<HeldDelivery, 'seenAt' | 'leaseEndsAt'> {
  return { seenAt: performance.now(), leaseEndsAt: performance.now() + LEASE_MS };
}

async function settle(): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) await new Promise((resolve) => setImmediate(resolve));
}

const sentTo = (lane: Lane) => attempt.mock.calls.filter(([settings]) => settings === lane.settings).length;

describe('beside 500 new webhooks that never answer', () => {
  async function hang(tenantId: string): Promise<Lane[]> {
    const hanging = Array.from({ length: 500 }, (_, n) => laneOf(`hanging ${n}`, 'hangs', tenantId));
    for (const lane of hanging) await send(lane, 20);
    return hanging;
  }

  it('a webhook of their tenant that has answered before waits for none of them', async () => {
    const healthy = laneOf('healthy', 'answers');
    await send(healthy, 1);
    await hang('tenant');
    await send(healthy, 200);
    expect(sentTo(healthy)).toBe(201);
  });

  it('a new webhook of another tenant waits for none of them', async () => {
    await hang('tenant');
    const healthy = laneOf('healthy', 'answers', 'other tenant');
    await send(healthy, 200);
    expect(sentTo(healthy)).toBe(200);
  });

  it('a new webhook of their tenant waits until they have had their trial', async () => {
    await hang('tenant');
    const healthy = laneOf('healthy', 'answers');
    await send(healthy, 1);
    expect(sentTo(healthy)).toBe(0);
    for (let passedMs = 0; passedMs < 5_000; passedMs += 100) {
      await vi.advanceTimersByTimeAsync(100);
      await settle();
    }
    expect(sentTo(healthy)).toBe(1);
  });

  it('what is under way stays bounded, however long they hang', async () => {
    await hang('tenant');
    for (let passedMs = 0; passedMs < 20_000; passedMs += 1_000) {
      await vi.advanceTimersByTimeAsync(1_000);
      await settle();
    }
    expect(dispatch.inFlight).toBeLessThanOrEqual(3 * 256);
  });
});

it('what did not leave because of us goes back to the rows, and its webhook rests a moment', async () => {
  const lane = laneOf('crowded', 'answers');
  attempt.mockRejectedValueOnce(new LookUpCapacityError('crowded.example'));
  await send(lane, 1);
  expect(keeper.giveBack).toHaveBeenCalledWith([expect.objectContaining({ isUnderWay: false })]);
  expect(keeper.dropped).not.toHaveBeenCalled();
  await send(lane, 1);
  expect(sentTo(lane)).toBe(1);
  await vi.advanceTimersByTimeAsync(1_000);
  await settle();
  expect(sentTo(lane)).toBe(2);
});

it('a batch whose retries came due in another order goes out in the order it had', async () => {
  const lane = laneOf('batches', 'answers', 'tenant', { maxEvents: 3, maxWaitMs: 100 });
  for (const n of [2, 3, 1]) {
    const retry = { deliveryId: `retry ${n}`, payload: '{}', recoveryId: null, wasRefused: false };
    lane.add({ ...retry, ...leasedNow() } as HeldDelivery);
  }
  dispatch.lineUp(lane);
  await settle();
  const sent = attempt.mock.calls.map(([, deliveries]) => deliveries.map(({ deliveryId }) => deliveryId));
  expect(sent).toEqual([['retry 1', 'retry 2', 'retry 3']]);
});
