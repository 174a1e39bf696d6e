import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CreatedApp } from '@im/contracts/api/apps';
import { CSRF_HEADER, CSRF_HEADER_VALUE } from '@im/contracts/api/auth';
import type { Recovery } from '@im/contracts/api/recoveries';
import type { Webhook } from '@im/contracts/api/webhooks';
import { eventually, fixedRetry } from '../../testing/app-under-test.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { addPast } from '../../testing/past-deliveries.js';
import { startServerProcess, type ServerProcess } from '../../testing/server-process.js';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.js';
import { leaseTestRedis, type TestRedis } from '../../testing/test-redis.js';
import { ADMIN_LOGIN } from '../../testing/test-service.js';

const LOST = 2_000;

let database: TestDatabase;
let redis: TestRedis;
let receiver: CallbackReceiver;
let env: Record<string, string>;
let api: ServerProcess;
let worker: ServerProcess;
let headers: Record<string, string>;

beforeAll(async () => {
  [database, redis, receiver] = await Promise.all([
    createTestDatabase(),
    leaseTestRedis(),
    CallbackReceiver.start(),
  ]);
  env = {
    DATABASE_URL: database.databaseUrl,
    REDIS_URL: redis.redisUrl,
    SECRETS_KEY: randomBytes(32).toString('base64'),
    ADMIN_EMAIL: ADMIN_LOGIN[0],
    ADMIN_PASSWORD: ADMIN_LOGIN[1],
    WEBHOOK_ALLOWED_CIDRS: '127.0.0.0/8',
  };
  [api, worker] = await Promise.all([startServerProcess('api', env), startServerProcess('worker', env)]);
  headers = { 'content-type': 'application/json', [CSRF_HEADER]: CSRF_HEADER_VALUE };
  const [email, password] = ADMIN_LOGIN;
  const login = await call('POST', '/auth/login', { email, password });
  headers.cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? '';
});

afterAll(async () => {
  await Promise.all([api.stop('SIGTERM'), worker.stop('SIGTERM')]);
  await receiver.stop();
  await Promise.all([database.drop(), redis.release()]);
});

async function call(method: string, path: string, body?: unknown): Promise<Response> {
  const response = await fetch(`${api.url}/api/v1${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return response;
}

async function dataOf<T>(method: string, path: string, body?: unknown): Promise<T> {
  return ((await (await call(method, path, body)).json()) as { data: T }).data;
}

it('a recovery whose worker is killed twice makes one redelivery of each, and every callback arrives', async () => {
  const app = await dataOf<CreatedApp>('POST', '/apps', { name: 'Chat', packageName: 'com.example.chat' });
  receiver.key = app.appSecret;
  // A receiver that takes its time, so that a killed worker leaves attempts half done.
  receiver.answerBy((response) => setTimeout(() => response.end(), 20));
  const base = `/apps/${app.appKey}/webhooks`;
  const { webhookId } = await dataOf<Webhook>('POST', base, {
    url: receiver.url,
    retryPolicy: fixedRetry(10, 100),
  });
  const lost = await addPast(database, { webhookId, count: LOST, status: 'failed' });
  const day = { from: new Date(Date.now() - 86_400_000), to: new Date() };
  const started = await dataOf<Recovery>('POST', `${base}/${webhookId}/recover`, {
    ...day,
    status: 'failed',
    ratePerSecond: 1_000,
  });
  for (const arrived of [LOST / 5, LOST / 2]) {
    await eventually(() => receiver.callbackIds.size >= arrived);
    await worker.stop('SIGKILL');
    worker = await startServerProcess('worker', env);
  }
  const done = await eventually(async () => {
    const found = await dataOf<Recovery>('GET', `${base}/${webhookId}/recoveries/${started.recoveryId}`);
    return found.state === 'completed' && found;
  });
  expect(done).toMatchObject({ total: LOST, scheduled: LOST, succeeded: LOST, failed: 0, canceled: 0 });
  expect([...receiver.callbackIds].sort()).toEqual(lost.map(({ callbackId }) => callbackId).sort());
  const redeliveries = await database.query<{ originals: number; rows: number }>(
    `SELECT count(DISTINCT original_delivery_id)::int AS originals, count(*)::int AS rows
     FROM delivery_log WHERE kind = 'redelivery'`,
  );
  expect(redeliveries).toEqual([{ originals: LOST, rows: LOST }]);
  // At least once: only what was under way at a kill may have come again.
  expect(receiver.callbacks.length - LOST).toBeLessThanOrEqual(2 * 256);
}, 150_000);
