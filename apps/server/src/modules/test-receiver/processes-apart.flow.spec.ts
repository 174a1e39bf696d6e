/** API and worker as processes of their own, neither of which may reach the other. */
import { randomBytes } from 'node:crypto';
import type { TestReceiver } from '@im/contracts/api/test-receiver';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AppUnderTest } from '../../testing/app-under-test.js';
import { addApp } from '../../testing/apps.js';
import { remoteClient } from '../../testing/remote-client.js';
import { startServerProcess, type ServerProcess } from '../../testing/server-process.js';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.js';
import { leaseTestRedis, type TestRedis } from '../../testing/test-redis.js';
import { ADMIN_LOGIN } from '../../testing/test-service.js';

let database: TestDatabase;
let redis: TestRedis;
let api: ServerProcess;
let worker: ServerProcess;
let app: AppUnderTest;

beforeAll(async () => {
  [database, redis] = await Promise.all([createTestDatabase(), leaseTestRedis()]);
  const env = {
    DATABASE_URL: database.databaseUrl,
    REDIS_URL: redis.redisUrl,
    SECRETS_KEY: randomBytes(32).toString('base64'),
    ADMIN_EMAIL: ADMIN_LOGIN[0],
    ADMIN_PASSWORD: ADMIN_LOGIN[1],
    WEBHOOK_ALLOWED_CIDRS: '',
  };
  [api, worker] = await Promise.all([startServerProcess('api', env), startServerProcess('worker', env)]);
  const admin = await remoteClient(api.url).logIn(...ADMIN_LOGIN);
  app = new AppUnderTest(admin, await addApp(admin));
});

afterAll(async () => {
  await Promise.all([api.stop('SIGTERM'), worker.stop('SIGTERM')]);
  await Promise.all([database.drop(), redis.release()]);
});

it('the worker answers as the test receiver, and the API shows what it got', async () => {
  const { url } = await app.client.data<TestReceiver>('POST', `${app.base}/test-receiver`);
  await app.addWebhook(url ?? '');
  const delivery = await app.deliver();
  expect(delivery).toMatchObject({ status: 'success', responseStatus: 200 });
  const { requests } = await app.client.data<TestReceiver>('GET', `${app.base}/test-receiver`);
  expect(requests).toMatchObject([{ isSignatureValid: true, isFromOutside: false, answerStatus: 200 }]);
  const token = new URL(url ?? '').pathname;
  expect([...api.lines, ...worker.lines].join('\n')).not.toContain(token);
});

it('a worker serves no requests from outside', async () => {
  const { url } = await app.client.data<TestReceiver>('POST', `${app.base}/test-receiver`);
  const atWorker = worker.url + new URL(url ?? '').pathname;
  expect((await fetch(atWorker, { method: 'POST', body: '{}' })).status).toBe(404);
});
