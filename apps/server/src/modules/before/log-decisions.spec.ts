import { beforeEach, expect, it } from 'vitest';
import type { BackgroundTasks } from '../../platform/background/background-tasks.js';
import type { LiveFeed } from '../../platform/live/live-feed.js';
import { Logger } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import type { BeforeRecord, BeforeLogRepository } from '../delivery-store/data/before-log.repository.js';
import { LogDecisionsService } from './log-decisions.service.js';

let stored: string[];
let failure: (batch: readonly BeforeRecord[]) => Error | undefined;
let flush: () => Promise<unknown>;
let metrics: Metrics;
let log: LogDecisionsService;

const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

beforeEach(() => {
  stored = [];
  failure = () => undefined;
  metrics = new Metrics('test');
  const rows = {
    record: (batch: readonly BeforeRecord[]) => {
      const error = failure(batch);
      if (error) return Promise.reject(error);
      stored.push(...batch.map(({ deliveryId }) => deliveryId));
      return Promise.resolve();
    },
  } as BeforeLogRepository;
  const tasks = {
    repeat: ({ run }: { run: () => Promise<unknown> }) => {
      flush = run;
    },
  } as unknown as BackgroundTasks;
  const live = { publish: () => undefined } as unknown as LiveFeed;
  log = new LogDecisionsService(rows, live, metrics, new Logger('silent'), tasks);
});

function add(deliveryId: string, payload = '{}'): void {
  log.add({ deliveryId, payload, request: null, appId: 'a' } as BeforeRecord);
}

async function lost(): Promise<number> {
  return Number(/im_callback_before_not_logged_total (\d+)/.exec(await metrics.render())?.[1]);
}

it('keeps decisions while the database is away, in their order', async () => {
  failure = () => away;
  add('1');
  await expect(flush()).rejects.toBe(away);
  add('2');
  failure = () => undefined;
  await flush();
  expect(stored).toEqual(['1', '2']);
  expect(await lost()).toBe(0);
});

it('loses the oldest when too much waits, and counts them', async () => {
  failure = () => away;
  for (const id of ['1', '2', '3', '4']) add(id, 'x'.repeat(5_000_000));
  await expect(flush()).rejects.toBe(away);
  add('5', 'x'.repeat(5_000_000));
  failure = () => undefined;
  await flush();
  expect(stored).toEqual(['3', '4', '5']);
  expect(await lost()).toBe(2);
});

it('stores the others when one cannot be stored', async () => {
  failure = (batch) =>
    batch.some(({ deliveryId }) => deliveryId === '2') ? new Error('refused') : undefined;
  for (const id of ['1', '2', '3']) add(id);
  await flush();
  expect(stored).toEqual(['1', '3']);
  expect(await lost()).toBe(1);
});

it('stores what waits when the process stops, and counts what it cannot', async () => {
  add('1');
  await log.beforeApplicationShutdown();
  expect(stored).toEqual(['1']);
  failure = () => away;
  add('2');
  await log.beforeApplicationShutdown();
  expect(await lost()).toBe(1);
});
