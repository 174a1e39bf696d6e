import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HttpOutcome } from '../../../platform/outgoing-http/http-outcome.js';
import {
  addAppRow,
  addWebhookRow,
  openTestDataSource,
  plannedDelivery,
  type TestDataSource,
} from '../../../testing/data-source.js';
import { FoldCountsRepository } from './fold-counts.repository.js';
import type { AttemptRecord } from '../../delivery-store/data/attempt-record.js';
import type { AttemptRecordsRepository } from '../../dispatcher/data/attempt-records.repository.js';
import { DeliveryStatesRepository } from '../../delivery-store/data/delivery-states.repository.js';
import { RELATIVE_ERROR } from '../domain/duration-histogram.js';
import { AttemptWindowsRepository } from './attempt-windows.repository.js';
import { attemptRecords } from '../../../testing/stores.js';

const NOW = new Date('2026-11-21T10:00:30Z');
const MINUTE_MS = 60_000;

let test: TestDataSource;
let appId: string;
let webhookId: string;
let states: DeliveryStatesRepository;
let records: AttemptRecordsRepository;
let windows: AttemptWindowsRepository;

beforeAll(async () => {
  test = await openTestDataSource();
  appId = await addAppRow(test);
  states = new DeliveryStatesRepository(test.dataSource);
  records = attemptRecords(test.dataSource);
  windows = new AttemptWindowsRepository(test.dataSource);
});

beforeEach(async () => {
  webhookId = await addWebhookRow(test, appId);
});

afterAll(async () => {
  await test.close();
});

const fold = () => new FoldCountsRepository(test.dataSource).fold(new Date(NOW.getTime() - 120 * MINUTE_MS));

const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * MINUTE_MS);

interface Attempt {
  status: AttemptRecord['status'];
  minutesAgo: number;
  durationMs: number;
  kind?: AttemptRecord['kind'];
}

async function attempt({ status, durationMs, kind = 'event', ...at }: Attempt): Promise<void> {
  const planned = plannedDelivery({ appId, webhookId, kind });
  await states.insert(planned, 0);
  await records.record([recordOf(planned.deliveryId, { status, durationMs, kind, ...at })]);
}

function recordOf(deliveryId: string, { status, durationMs, kind = 'event', minutesAgo: ago }: Attempt) {
  const hasFailed = status !== 'success';
  const outcome: HttpOutcome = {
    startedAt: minutesAgo(ago),
    durationMs,
    phases: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null },
    remoteAddress: null,
    responseStatus: hasFailed ? 500 : 200,
    responseHeaders: null,
    responseBody: null,
    isResponseTruncated: false,
    errorClass: hasFailed ? 'server_error' : null,
    errorMessage: null,
    evidence: null,
    retryAfterMs: null,
  };
  const retryInMs = status === 'pending' ? 60_000 : null;
  return {
    ...{ deliveryId, webhookId, kind, attempt: 1, status, retryInMs },
    ...{ holdMs: 0, requestHeaders: '{}', outcome },
  };
}

/** The answer is the same before folding, with half of it folded and with all of it folded. */
async function expectSummary(
  attempts: Attempt[],
  since: Date,
  expected: { attempts: number; failures: number },
): Promise<void> {
  const half = Math.ceil(attempts.length / 2);
  for (const each of attempts.slice(0, half)) await attempt(each);
  await fold();
  for (const each of attempts.slice(half)) await attempt(each);
  for (let round = 0; round < 2; round++) {
    expect(await windows.summarise([webhookId], since)).toMatchObject([{ webhookId, ...expected }]);
    await fold();
  }
}

describe('the attempts of the last minutes', () => {
  it('are counted with those that failed, regardless of the outcome of their deliveries', async () => {
    await expectSummary(
      [
        { status: 'success', minutesAgo: 5, durationMs: 10 },
        { status: 'pending', minutesAgo: 4, durationMs: 10 },
        { status: 'failed', minutesAgo: 3, durationMs: 10 },
        { status: 'success', minutesAgo: 0, durationMs: 10 },
      ],
      minutesAgo(5),
      { attempts: 4, failures: 2 },
    );
  });

  it('are those that began in the minute asked for or later', async () => {
    await expectSummary(
      [10, 11, 12, 9].map((ago) => ({ status: 'pending', minutesAgo: ago, durationMs: 1 })),
      minutesAgo(10),
      { attempts: 2, failures: 2 },
    );
  });

  it('leave test sends out', async () => {
    await expectSummary(
      [
        { status: 'failed', minutesAgo: 1, durationMs: 1, kind: 'test' },
        { status: 'success', minutesAgo: 1, durationMs: 1, kind: 'redelivery' },
        { status: 'success', minutesAgo: 1, durationMs: 1, kind: 'test' },
      ],
      minutesAgo(10),
      { attempts: 1, failures: 0 },
    );
  });

  it('count when their delivery was canceled meanwhile', async () => {
    const called = [plannedDelivery({ appId, webhookId }), plannedDelivery({ appId, webhookId })];
    for (const each of called) {
      await states.insert(each, 0);
      await states.cancel(each.deliveryId, NOW);
    }
    const [arrived, failed] = called.map((each) => each.deliveryId);
    await records.record([recordOf(arrived!, { status: 'success', minutesAgo: 1, durationMs: 5 })]);
    await records.record([recordOf(failed!, { status: 'failed', minutesAgo: 1, durationMs: 5 })]);
    expect(await windows.summarise([webhookId], minutesAgo(2))).toMatchObject([{ attempts: 2, failures: 1 }]);
  });

  it('have the duration that 95 of 100 do not exceed', async () => {
    for (let index = 1; index <= 40; index++) {
      await attempt({
        status: index % 2 ? 'success' : 'pending',
        minutesAgo: index % 7,
        durationMs: index * 100,
      });
      if (index === 25) await fold();
    }
    const [summary] = await windows.summarise([webhookId], minutesAgo(10));
    expect(Math.abs(summary!.p95Ms - 3_800) / 3_800).toBeLessThanOrEqual(RELATIVE_ERROR);
  });

  it('are read for every webhook that had any, or for the given ones', async () => {
    const quiet = await addWebhookRow(test, appId);
    await attempt({ status: 'success', minutesAgo: 1, durationMs: 1 });
    const all = await windows.summarise(null, minutesAgo(2));
    expect(all.map((each) => each.webhookId)).toContain(webhookId);
    expect(all.map((each) => each.webhookId)).not.toContain(quiet);
    expect(await windows.summarise([quiet], minutesAgo(2))).toEqual([]);
  });
});
