/** Forwards callbacks to localhost with the command `imcb listen`, whatever happens to it and to the service. */
import { Client } from '@im/client/client';
import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { AppUnderTest, eventually } from '../../testing/app-under-test.js';
import { addApiToken, addApp } from '../../testing/apps.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { CliProcess } from '../../testing/cli-process.js';
import { remoteClient } from '../../testing/remote-client.js';
import { SteadyLoad } from '../../testing/steady-load.js';
import { startServerProcess, type ServerProcess } from '../../testing/server-process.js';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.js';
import { leaseTestRedis, type TestRedis } from '../../testing/test-redis.js';
import { ADMIN_LOGIN } from '../../testing/test-service.js';

/** 15,000 are five minutes. */
const EVENTS = Number(process.env.LISTEN_EVENTS ?? 140);

let database: TestDatabase;
let redis: TestRedis;
let api: ServerProcess;
let worker: ServerProcess;
let env: Record<string, string>;
let app: AppUnderTest;
let token: string;
let receiver: CallbackReceiver;
let cli: CliProcess;

beforeAll(async () => {
  [database, redis] = await Promise.all([createTestDatabase(), leaseTestRedis()]);
  env = {
    DATABASE_URL: database.databaseUrl,
    REDIS_URL: redis.redisUrl,
    SECRETS_KEY: randomBytes(32).toString('base64'),
    ADMIN_EMAIL: ADMIN_LOGIN[0],
    ADMIN_PASSWORD: ADMIN_LOGIN[1],
    WEBHOOK_ALLOWED_CIDRS: '',
  };
  // Neither can reach the other.
  [api, worker] = await Promise.all([startServerProcess('api', env), startServerProcess('worker', env)]);
});
beforeEach(async () => {
  const admin = await remoteClient(api.url).logIn(...ADMIN_LOGIN);
  app = new AppUnderTest(admin, await addApp(admin));
  ({ token } = await addApiToken(admin, ['events:write', 'webhooks:write'], { appKey: app.appKey }));
  receiver = await CallbackReceiver.start();
  cli = new CliProcess(['listen', String(receiver.port), '--path', '/im', '--json'], {
    IMCB_URL: api.url,
    IMCB_TOKEN: token,
    IMCB_APP: app.appKey,
  });
  await cli.nextLine(/"listening"/);
  receiver.key = String(cli.values[0]?.secret);
});
afterEach(async () => {
  cli.resume();
  await cli.stop();
  await receiver.stop();
});
afterAll(async () => {
  await Promise.all([api.stop('SIGTERM'), worker.stop('SIGTERM')]);
  await Promise.all([database.drop(), redis.release()]);
});

it('passes callbacks to localhost, signed, and the answers back', async () => {
  receiver.answerWith(202, { 'x-from': 'laptop' }, 'taken');
  const delivery = await app.deliver();
  expect(delivery).toMatchObject({ status: 'success', responseStatus: 202 });
  expect(delivery.attemptLog[0]).toMatchObject({
    responseBody: 'taken',
    responseHeaders: { 'x-from': 'laptop' },
  });
  expect(receiver.callbacks).toMatchObject([{ path: '/im', isSignatureValid: true }]);
  await cli.nextLine(/"status":202/);
});

it('says at once when nothing listens on the port', async () => {
  const { port } = receiver;
  await receiver.stop();
  const { eventId } = await app.post();
  await cli.nextLine(/ECONNREFUSED/);
  receiver = await CallbackReceiver.start(receiver.key, port);
  const { attemptLog } = await app.outcome(eventId);
  expect(attemptLog[0]).toMatchObject({ responseStatus: 502, errorClass: 'server_error' });
  expect(attemptLog.at(-1)).toMatchObject({ responseStatus: 200 });
});

it('goes on after the service was restarted', async () => {
  const { port } = new URL(api.url);
  await api.stop('SIGKILL');
  api = await startServerProcess('api', env, Number(port));
  const admin = await remoteClient(api.url).logIn(...ADMIN_LOGIN);
  const again = new AppUnderTest(admin, { appKey: app.appKey, appSecret: app.appSecret } as never);
  expect(await again.deliver()).toMatchObject({ status: 'success' });
}, 120_000);

it('closes its tunnel at the end', async () => {
  const [webhook] = await app.client.data<{ webhookId: string }[]>('GET', `${app.base}/webhooks`);
  expect(webhook).toMatchObject({ url: expect.stringContaining('tunnel.invalid') as string });
  expect(await cli.stop()).toBe(0);
  expect(await app.client.data<unknown[]>('GET', `${app.base}/webhooks`)).toEqual([]);
});

it(`loses nothing of ${EVENTS} events, and keeps the order of conversations, while it is cut off three times`, async () => {
  const webhookId = String(cli.values[0]?.webhookId);
  await app.changeWebhook(webhookId, { timeoutMs: 1_000 });
  const load = new SteadyLoad(new Client({ url: api.url, token, retries: 10 }), app.appKey);
  const part = Math.ceil(EVENTS / 7);
  for (let cut = 0; cut < 3; cut += 1) {
    await load.post(part);
    await untilArrived(load.messageIds.length / 2);
    cli.suspend();
    await load.post(part);
    // Attempts are given up, of which it knows nothing.
    await eventually(async () => (await app.webhook(webhookId)).health === 'paused');
    cli.resume();
  }
  await load.post(part);
  await untilArrived(load.messageIds.length);
  const firsts = [...arrived()];
  for (const messageIds of load.byConversation.values()) {
    const own = new Set(messageIds);
    expect(firsts.filter((messageId) => own.has(messageId))).toEqual(messageIds);
  }
  expect(receiver.callbacks.every(({ isSignatureValid }) => isSignatureValid)).toBe(true);
}, 600_000);

/** In the order of their first arrival. */
function arrived(): Set<string> {
  return new Set(
    receiver.callbacks.map(({ envelope }) => (envelope.data as { messageId: string }).messageId),
  );
}

/** However long it takes, as long as something arrives. */
async function untilArrived(count: number): Promise<void> {
  while (arrived().size < count) {
    const { size } = arrived();
    await eventually(() => arrived().size > size);
  }
}
