import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SystemClock } from '../../../platform/clock/clock.js';
import { retryTransient } from '../../../platform/database/retry-transient.js';
import type { HttpOutcome } from '../../../platform/outgoing-http/http-outcome.js';
import { MaintainPartitionsService } from '../../../platform/database/maintain-partitions.service.js';
import { Logger } from '../../../platform/logging/logger.js';
import { attemptOf } from '../../../testing/attempt-record.js';
import {
  addAppRow,
  addWebhookRow,
  openTestDataSource,
  plannedDelivery,
  type TestDataSource,
} from '../../../testing/data-source.js';
import { WebhookStatsRepository } from '../../webhook-configs/data/webhook-stats.repository.js';
import type { AttemptRecord } from '../../delivery-store/data/attempt-record.js';
import type { AttemptRecordsRepository } from './attempt-records.repository.js';
import { DeliveryStatesRepository } from '../../delivery-store/data/delivery-states.repository.js';
import { attemptRecords, updateHealth } from '../../../testing/stores.js';

let test: TestDataSource;
let appId: string;
let webhookId: string;
let records: AttemptRecordsRepository;
let states: DeliveryStatesRepository;

beforeAll(async () => {
  test = await openTestDataSource();
  await new MaintainPartitionsService(test.dataSource, new SystemClock(), new Logger('silent')).createAhead();
  appId = await addAppRow(test);
  records = attemptRecords(test.dataSource);
  states = new DeliveryStatesRepository(test.dataSource);
});

beforeEach(async () => {
  webhookId = await addWebhookRow(test, appId);
});

afterAll(async () => {
  await test.close();
});

const SUCCESS: HttpOutcome = {
  startedAt: new Date(),
  durationMs: 12.5,
  phases: { dnsMs: 1, connectMs: 2, tlsMs: null, firstByteMs: 9 },
  remoteAddress: '192.0.2.1',
  responseStatus: 200,
  responseHeaders: { 'content-type': 'text/plain' },
  responseBody: 'ok',
  isResponseTruncated: false,
  errorClass: null,
  errorMessage: null,
  retryAfterMs: null,
  evidence: null,
};
const FAILURE: HttpOutcome = {
  ...SUCCESS,
  responseStatus: 500,
  errorClass: 'server_error',
  errorMessage: 'The receiver answered 500',
  evidence: {
    host: 'hooks.example',
    port: 443,
    path: '/hook',
    requestBytes: 2,
    timeoutMs: 10_000,
    phase: 'body',
    code: null,
    addresses: ['192.0.2.1'],
    blockedRange: null,
    certificate: null,
  },
};

async function plan(webhook = webhookId): Promise<string> {
  const delivery = plannedDelivery({ appId, webhookId: webhook });
  await states.insert(delivery, 0);
  return delivery.deliveryId;
}

function succeeded(deliveryId: string, attempt = 1, webhook = webhookId): AttemptRecord {
  return {
    deliveryId,
    webhookId: webhook,
    kind: 'event',
    attempt,
    status: 'success',
    retryInMs: null,
    holdMs: 0,
    requestHeaders: JSON.stringify({ 'X-App-Attempt': String(attempt) }),
    outcome: { ...SUCCESS },
  };
}

function toRetry(deliveryId: string, attempt = 1, webhook = webhookId): AttemptRecord {
  return {
    ...succeeded(deliveryId, attempt, webhook),
    status: 'pending',
    retryInMs: 60_000,
    outcome: { ...FAILURE },
  };
}

function givenUp(deliveryId: string, attempt = 1): AttemptRecord {
  return { ...toRetry(deliveryId, attempt), status: 'failed', retryInMs: null };
}

async function delivery(deliveryId: string) {
  const [row] = await test.query<Record<string, unknown>>(
    `SELECT d.status, d.attempts, d.next_attempt_at IS NOT NULL AS waits, d.response_status, d.completed_at IS NOT NULL AS ended,
            (SELECT count(*)::int FROM attempts a WHERE a.delivery_id = d.delivery_id) AS logged
     FROM delivery_log d WHERE delivery_id = $1`,
    [deliveryId],
  );
  return row;
}

async function health(webhook = webhookId) {
  const [row] = await test.query<Record<string, unknown>>(
    `SELECT consecutive_failures, exhausted_since_success, exhausted_total::int, failing_since IS NOT NULL AS is_failing,
            version::int, paused_at IS NOT NULL AS is_paused FROM webhook_health WHERE webhook_id = $1`,
    [webhook],
  );
  return row;
}

async function stats(webhook = webhookId) {
  return (await new WebhookStatsRepository(test.dataSource).activityOf([webhook], new Date())).get(webhook)
    ?.stats;
}

describe('recording a batch that was refused as a whole', () => {
  const split = (deliveryId: string, attempt = 1) =>
    attemptOf({ deliveryId, webhookId, kind: 'event', attempt, status: 'split' });

  it('logs it, uses up no attempt, and counts neither for health nor in the figures', async () => {
    const id = await plan();
    const limits = () =>
      test.query('SELECT attempts, max_attempts, splits FROM pending_deliveries WHERE delivery_id = $1', [
        id,
      ]);
    const [{ max_attempts: before } = {}] = (await limits()) as { max_attempts?: number }[];
    for (let time = 0; time < 2; time += 1) {
      const isRecorded = time === 0;
      expect(await records.record([split(id)])).toEqual([
        { isRecorded, isPending: isRecorded, health: null },
      ]);
    }
    expect(await records.record([split(id, 2)])).toMatchObject([{ isRecorded: true }]);
    expect(await limits()).toEqual([{ attempts: 2, max_attempts: Number(before) + 2, splits: 2 }]);
    expect(await delivery(id)).toMatchObject({ status: 'pending', attempts: 2, waits: true, logged: 2 });
    expect(await health()).toMatchObject({ consecutive_failures: 0, is_failing: false });
    expect(await stats()).toMatchObject({ total: 1, pending: 1, attempts: 0, attemptSuccessRate: null });
    await records.record([{ ...succeeded(id, 3) }]);
    expect(await delivery(id)).toMatchObject({ status: 'success', attempts: 3, logged: 3 });
    expect(await stats()).toMatchObject({ succeeded: 1, attempts: 1, attemptSuccessRate: 1 });
  });

  it('of a delivery that was canceled meanwhile leaves it canceled, and counts as little', async () => {
    const id = await plan();
    await states.cancel(id, new Date());
    expect(await records.record([split(id)])).toMatchObject([
      { isRecorded: true, isPending: false, health: null },
    ]);
    expect(await delivery(id)).toMatchObject({ status: 'canceled', attempts: 1, logged: 1 });
    expect(await stats()).toMatchObject({ total: 1, pending: 0, attempts: 0 });
  });
});

describe('recording an attempt', () => {
  it('moves the delivery on and logs the attempt', async () => {
    const id = await plan();
    expect(await records.record([toRetry(id)])).toEqual([
      { isRecorded: true, isPending: true, health: { isPaused: false } },
    ]);
    expect(await delivery(id)).toEqual({
      status: 'pending',
      attempts: 1,
      waits: true,
      response_status: 500,
      ended: false,
      logged: 1,
    });
    await records.record([succeeded(id, 2)]);
    expect(await delivery(id)).toMatchObject({
      status: 'success',
      attempts: 2,
      waits: false,
      ended: true,
      logged: 2,
    });
    expect(await stats()).toMatchObject({ total: 1, succeeded: 1, failed: 0, pending: 0 });
  });

  it('a second time changes nothing', async () => {
    const id = await plan();
    await records.record([givenUp(id)]);
    const before = [await delivery(id), await health(), await stats()];
    for (const again of [givenUp(id), succeeded(id), toRetry(id)]) {
      expect(await records.record([again])).toEqual([{ isRecorded: false, isPending: false, health: null }]);
    }
    expect([await delivery(id), await health(), await stats()]).toEqual(before);
  });

  it('from two workers at once counts for one of them', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => plan()));
    const other = attemptRecords(await test.openAnother());
    const results = await Promise.all([
      records.record(ids.map((id) => succeeded(id))),
      retryTransient(() => other.record([...ids].reverse().map((id) => givenUp(id))), 10_000),
    ]);
    for (const index of ids.keys()) {
      const recorded = [results[0][index], results[1][ids.length - 1 - index]];
      expect(recorded.filter((result) => result?.isRecorded)).toHaveLength(1);
    }
    expect(await stats()).toMatchObject({ total: 10, pending: 0 });
    expect(await test.query('SELECT 1 FROM attempts WHERE delivery_id = ANY($1)', [ids])).toHaveLength(10);
  });

  it('out of turn changes nothing', async () => {
    const id = await plan();
    expect(await records.record([succeeded(id, 2)])).toMatchObject([{ isRecorded: false }]);
    expect(await delivery(id)).toMatchObject({ status: 'pending', attempts: 0, logged: 0 });
  });
});

describe('a delivery canceled while its attempt is under way', () => {
  it.each([
    ['stays canceled when the attempt fails', toRetry, 'canceled', { succeeded: 0, failed: 0, pending: 0 }],
    [
      'stays canceled when it would be given up',
      givenUp,
      'canceled',
      { succeeded: 0, failed: 0, pending: 0 },
    ],
    ['arrived when the receiver took it', succeeded, 'success', { succeeded: 1, failed: 0, pending: 0 }],
  ])('%s', async (_name, outcome, status, counted) => {
    const id = await plan();
    await states.cancel(id, new Date(Date.now() - 5));
    await records.record([outcome(id)]);
    expect(await delivery(id)).toMatchObject({ status, attempts: 1, waits: false, ended: true, logged: 1 });
    expect(await stats()).toMatchObject({ total: 1, ...counted });
    await plan();
    expect(await stats()).toMatchObject({ total: 2, pending: 1 });
  });

  it('can be canceled once', async () => {
    const id = await plan();
    expect(await states.cancel(id, new Date())).toMatchObject({ deliveryId: id });
    expect(await states.cancel(id, new Date())).toBeUndefined();
    expect(await stats()).toMatchObject({ total: 1, pending: 0 });
  });
});

describe('a webhook’s health', () => {
  it('counts failures in a row across batches, from the last success on', async () => {
    const ids = await Promise.all(Array.from({ length: 6 }, () => plan()));
    await records.record(ids.slice(0, 3).map((id) => toRetry(id)));
    expect(await health()).toMatchObject({ consecutive_failures: 3, is_failing: true });
    await records.record([toRetry(ids[3]!), givenUp(ids[4]!)]);
    expect(await health()).toMatchObject({ consecutive_failures: 5, exhausted_since_success: 1 });
    await records.record([succeeded(ids[5]!), toRetry(ids[0]!, 2)]);
    expect(await health()).toMatchObject({
      consecutive_failures: 1,
      exhausted_since_success: 0,
      exhausted_total: 1,
    });
    await records.record([succeeded(ids[0]!, 3)]);
    expect(await health()).toMatchObject({ consecutive_failures: 0, is_failing: false });
  });

  it('is not touched by a success while all is well', async () => {
    const results = await records.record([succeeded(await plan()), succeeded(await plan())]);
    expect(results.map((result) => result.health)).toEqual([null, null]);
    expect(await health()).toMatchObject({ version: 0 });
  });
});

describe('the breaker', () => {
  it('opens at ten failures in a row, whatever batches they came in, and closes with a success', async () => {
    const ids = await Promise.all(Array.from({ length: 11 }, () => plan()));
    await records.record(ids.slice(0, 9).map((id) => toRetry(id)));
    expect(await health()).toMatchObject({ is_paused: false });
    expect(await records.record([toRetry(ids[9]!)])).toMatchObject([{ health: { isPaused: true } }]);
    expect(await health()).toMatchObject({ is_paused: true });
    expect(await records.record([succeeded(ids[10]!)])).toMatchObject([{ health: { isPaused: false } }]);
    expect(await health()).toMatchObject({ is_paused: false, consecutive_failures: 0 });
  });

  it('is not opened again by attempts that began before a person resumed it', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => plan()));
    await records.record(ids.slice(0, 10).map((id) => toRetry(id)));
    await updateHealth(test.dataSource).closeBreaker(webhookId);
    expect(await records.record([toRetry(ids[10]!)])).toMatchObject([{ health: { isPaused: false } }]);
    const later = toRetry(ids[11]!);
    later.outcome = { ...later.outcome, startedAt: new Date(Date.now() + 1_000) };
    expect(await records.record([later])).toMatchObject([{ health: { isPaused: true } }]);
  });

  it('lets one probe through at a time, each later than the one before', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => plan()));
    await records.record(ids.map((id) => toRetry(id)));
    const probes = [test.dataSource, await test.openAnother()].map((each) => updateHealth(each));
    const take = async () =>
      (await Promise.all(probes.map((each) => each.takeProbe(webhookId)))).filter(Boolean).length;
    expect(await take()).toBe(0);
    const waits: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      await test.query(`UPDATE webhook_health SET probe_at = now() WHERE webhook_id = $1`, [webhookId]);
      expect(await take()).toBe(1);
      const [row] = await test.query<{ wait: number }>(
        `SELECT round(extract(epoch FROM probe_at - now()))::int AS wait FROM webhook_health WHERE webhook_id = $1`,
        [webhookId],
      );
      waits.push(row!.wait);
    }
    expect(waits).toEqual([60, 120, 240, 300, 300, 300]);
  });
});

describe('a webhook that fails for days', () => {
  async function failSince(days: number): Promise<void> {
    await records.record([toRetry(await plan())]);
    await test.query(
      `UPDATE webhook_health SET failing_since = now() - $2 * interval '1 day' WHERE webhook_id = $1`,
      [webhookId, days],
    );
  }

  async function reasonAfterFailure(by = records): Promise<unknown> {
    await by.record([toRetry(await plan())]);
    const [row] = await test.query(
      'SELECT is_enabled, disabled_reason FROM webhook_configs WHERE webhook_id = $1',
      [webhookId],
    );
    return row;
  }

  it('is disabled once it failed for as long as is set, not before', async () => {
    await failSince(4.9);
    expect(await reasonAfterFailure()).toEqual({ is_enabled: true, disabled_reason: null });
    await failSince(5.1);
    expect(await reasonAfterFailure()).toEqual({ is_enabled: false, disabled_reason: 'failing' });
  });

  it('is never disabled where that is switched off', async () => {
    await failSince(400);
    const never = attemptRecords(test.dataSource, 0);
    expect(await reasonAfterFailure(never)).toEqual({ is_enabled: true, disabled_reason: null });
  });
});

const SEED = Date.now() % 1_000_000;
/** As long as the service itself keeps trying: each deadlock costs PostgreSQL a second to see. */
const PATIENCE_MS = 60_000;

describe('many workers at once', () => {
  it(`with the same failing and recovering webhooks in any order record everything (seed ${SEED})`, async () => {
    const random = randomOf(SEED);
    const webhooks = await Promise.all(Array.from({ length: 4 }, () => addWebhookRow(test, appId)));
    const dataSources = [test.dataSource, await test.openAnother()];
    const workers = dataSources.map((each) => attemptRecords(each));
    const planned = new Map(webhooks.map((webhook) => [webhook, 0]));
    const batches = [];
    for (let batch = 0; batch < 30; batch += 1) {
      const items: AttemptRecord[] = [];
      for (const webhook of shuffled(webhooks, random)) {
        const id = await plan(webhook);
        planned.set(webhook, (planned.get(webhook) ?? 0) + 1);
        items.push(random() < 0.5 ? succeeded(id, 1, webhook) : toRetry(id, 1, webhook));
      }
      batches.push(items);
    }
    const results = await Promise.all(
      batches.map((items, index) => retryTransient(() => workers[index % 2]!.record(items), PATIENCE_MS)),
    );
    expect(results.flat().every(({ isRecorded }) => isRecorded)).toBe(true);
    for (const webhook of webhooks) {
      const arrived = batches
        .flat()
        .filter((item) => item.webhookId === webhook && item.status === 'success').length;
      expect(await stats(webhook)).toMatchObject({
        total: planned.get(webhook),
        succeeded: arrived,
      });
    }
  }, 90_000);
});

/** Mulberry32: the same seed, the same numbers. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function shuffled<T>(items: T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
