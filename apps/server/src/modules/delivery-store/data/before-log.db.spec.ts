import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { v7 as uuidV7 } from 'uuid';
import { attemptOf } from '../../../testing/attempt-record.js';
import {
  addAppRow,
  addWebhookRow,
  openTestDataSource,
  type TestDataSource,
} from '../../../testing/data-source.js';
import { BeforeLogRepository, type BeforeRecord } from './before-log.repository.js';

let test: TestDataSource;
let log: BeforeLogRepository;
let appId: string;
let webhookId: string;

beforeAll(async () => {
  test = await openTestDataSource();
  log = new BeforeLogRepository(test.dataSource);
});

beforeEach(async () => {
  appId = await addAppRow(test);
  webhookId = await addWebhookRow(test, appId);
});

afterAll(async () => {
  await test.close();
});

function record(override: Partial<BeforeRecord> = {}): BeforeRecord {
  const deliveryId = uuidV7();
  const attempt = attemptOf({ deliveryId, webhookId, kind: 'before', attempt: 1, status: 'success' });
  return {
    ...{ eventId: uuidV7(), deliveryId, callbackId: uuidV7(), webhookId, appId },
    ...{ event: 'message.sent', conversationId: 'c-1', messageId: null, userIds: ['u-1', 'u-2'] },
    ...{
      payload: '{"text":"\\u0000 你好"}',
      receivedFrom: 'token:deploy',
      askedAt: new Date('2030-06-15T04:00:59Z'),
    },
    ...{ decision: 'allow', decidedBy: 'receiver', latencyMs: 10, isPausedByPerson: false },
    request: { outcome: attempt.outcome, requestHeaders: '{"X-App-Kind":"before"}' },
    ...override,
  };
}

const counts = () =>
  test.query(
    `SELECT allowed, denied, modified, by_deadline, by_breaker, by_pause, by_error, latency_ms_sum, latency_ms_max
     FROM before_counts WHERE webhook_id = $1 ORDER BY minute_at`,
    [webhookId],
  );

it('stores the event with its users, the delivery, the attempt and the counts', async () => {
  const one = record();
  await log.record([one]);
  expect(
    await test.query('SELECT event, payload, received_from FROM events WHERE event_id = $1', [one.eventId]),
  ).toEqual([{ event: 'message.sent', payload: one.payload, received_from: 'token:deploy' }]);
  const users = 'SELECT user_id FROM event_users WHERE event_id = $1 ORDER BY user_id';
  expect(await test.query(users, [one.eventId])).toEqual([{ user_id: 'u-1' }, { user_id: 'u-2' }]);
  expect(
    await test.query(
      `SELECT kind, status, attempts, decision, decided_by, duration_ms, response_status,
         completed_at - created_at = interval '10 ms' AS took FROM deliveries WHERE delivery_id = $1`,
      [one.deliveryId],
    ),
  ).toEqual([
    {
      ...{ kind: 'before', status: 'success', attempts: 1, decision: 'allow', decided_by: 'receiver' },
      ...{ duration_ms: 10, response_status: 200, took: true },
    },
  ]);
  expect(await test.query('SELECT attempt FROM attempts WHERE delivery_id = $1', [one.deliveryId])).toEqual([
    { attempt: 1 },
  ]);
  expect(await counts()).toMatchObject([{ allowed: 1, latency_ms_sum: 10, latency_ms_max: 10 }]);
});

it('writes nothing twice when the answer to a commit was lost', async () => {
  const records = [record(), record({ decision: 'deny', userIds: [] })];
  await log.record(records);
  await log.record([...records, record()]);
  expect(await counts()).toMatchObject([{ allowed: 2, denied: 1, latency_ms_sum: 30 }]);
});

it('counts by the minute, the decisions of the policy by their reason, and writes no attempt of what was not asked', async () => {
  const skipped = record({ decidedBy: 'breaker', isPausedByPerson: true, request: null, latencyMs: 0 });
  await log.record([
    skipped,
    record({ decision: 'deny', decidedBy: 'deadline', latencyMs: 200 }),
    record({ decision: 'modify', askedAt: new Date('2030-06-15T04:01:00Z') }),
  ]);
  expect(await counts()).toMatchObject([
    { allowed: 1, denied: 1, by_deadline: 1, by_breaker: 1, by_pause: 1, by_error: 0, latency_ms_max: 200 },
    { modified: 1, by_deadline: 0 },
  ]);
  expect(await test.query('SELECT 1 FROM attempts WHERE delivery_id = $1', [skipped.deliveryId])).toEqual([]);
  expect(
    await test.query('SELECT status, attempts FROM deliveries WHERE delivery_id = $1', [skipped.deliveryId]),
  ).toEqual([{ status: 'failed', attempts: 0 }]);
});

it('adds up what several processes write at once', async () => {
  const batches = Array.from({ length: 8 }, () => Array.from({ length: 10 }, () => record()));
  await Promise.all(batches.map((batch) => log.record(batch)));
  expect(await counts()).toMatchObject([{ allowed: 80 }]);
});
