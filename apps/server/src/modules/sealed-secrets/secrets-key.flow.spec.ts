/** Checks stored secrets after a change of SECRETS_KEY, and how to replace it. */
import { randomBytes } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Metrics } from '../../platform/metrics/metrics.js';
import { createApplication } from '../../start-process.js';
import { ApiClient } from '../../testing/api-client.js';
import { AppUnderTest, eventually } from '../../testing/app-under-test.js';
import { addApp } from '../../testing/apps.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { makeCertificate } from '../../testing/certificates.js';
import { startServerProcess } from '../../testing/server-process.js';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.js';
import { testEnv } from '../../testing/test-env.js';
import { leaseTestRedis } from '../../testing/test-redis.js';
import { ADMIN_LOGIN } from '../../testing/test-service.js';
import { SealedValuesRepository } from './data/sealed-values.repository.js';
import { SEALED_COLUMNS } from './sealed-columns.js';

const newKey = () => randomBytes(32).toString('base64');

let receiver: CallbackReceiver;
let redis: Awaited<ReturnType<typeof leaseTestRedis>>;
let database: TestDatabase;
const running: NestFastifyApplication[] = [];

beforeAll(async () => {
  receiver = await CallbackReceiver.start();
  redis = await leaseTestRedis();
  database = await createTestDatabase();
});
afterEach(async () => {
  for (const app of running.splice(0)) await app.close();
  await database.drop();
  database = await createTestDatabase();
});
afterAll(async () => {
  await receiver.stop();
  await redis.release();
  await database.drop();
});

function settings(secrets: Record<string, string>): Record<string, string> {
  return {
    DATABASE_URL: database.databaseUrl,
    REDIS_URL: redis.redisUrl,
    WEBHOOK_ALLOWED_CIDRS: '127.0.0.0/8',
    ...secrets,
  };
}

/** A process with these keys, until the end of the test. */
async function start(secrets: Record<string, string>) {
  const app = await createApplication('all', testEnv(settings(secrets)));
  running.push(app);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const admin = await new ApiClient(app).logIn(...ADMIN_LOGIN);
  const stop = async () => {
    running.splice(running.indexOf(app), 1);
    await app.close();
  };
  return { app, admin, stop };
}

/** As the metrics of a process say it. */
async function countsOf(app: NestFastifyApplication): Promise<Record<string, number>> {
  const text = await app.get(Metrics).render();
  return Object.fromEntries(
    [...text.matchAll(/im_callback_sealed_secrets\{key="(\w+)"\} (\d+)/g)].map(
      ([, key = '', count]): [string, number] => [key, Number(count)],
    ),
  );
}

const resealed = (app: NestFastifyApplication) =>
  eventually(async () => {
    const { previous, unopenable, current = 0 } = await countsOf(app);
    return previous === 0 && unopenable === 0 && current > 0;
  });

/** Its token is being rotated, and its settings have a secret. */
async function addSource({ client, base }: AppUnderTest): Promise<void> {
  const body = { kind: 'dootask', name: 'Bot', settings: { botToken: 'token of the bot' } };
  const { sourceId } = await client.data<{ sourceId: string }>('POST', `${base}/sources`, { body });
  const token = `${base}/sources/${sourceId}/token`;
  await client.data('POST', `${token}/stage`);
  await client.data('POST', `${token}/activate`);
  await client.data('POST', `${token}/stage`);
}

/** One of everything that is sealed. */
async function addEverything(admin: ApiClient) {
  const app = new AppUnderTest(admin, await addApp(admin));
  await admin.data('POST', `${app.base}/secret/stage`);
  await admin.data('POST', `${app.base}/secret/activate`);
  await admin.data('POST', `${app.base}/secret/stage`);
  const url = `${receiver.url}?access_token=in-the-query`;
  const { cert: certificate, key } = makeCertificate({ commonName: 'callbacks.example' });
  const { webhookId } = await app.addWebhook(url, {
    secret: 'own secret',
    headers: { 'X-Tenant': 'north' },
    clientCertificate: { certificate, key },
  });
  await app.changeWebhook(webhookId, { headers: { 'X-Tenant': 'south' } });
  const secret = `${app.base}/webhooks/${webhookId}/secret`;
  await admin.data('POST', `${secret}/stage`);
  await admin.data('POST', `${secret}/activate`);
  await admin.data('POST', `${secret}/stage`);
  const channel = {
    kind: 'dingtalk',
    name: 'Ops',
    url: `${receiver.url}/robot?access_token=of-a-channel`,
    secret: 'SEC1',
  };
  const { channelId } = await admin.data<{ channelId: string }>('POST', '/notification-channels', {
    body: channel,
    headers: { 'Idempotency-Key': 'the channel of operations' },
  });
  await addSource(app);
  await admin.data('POST', `${app.base}/test-receiver`);
  await admin.data('POST', '/auth/totp', { body: { password: ADMIN_LOGIN[1] } });
  return { app, webhookId, channelId, url };
}

describe('SECRETS_KEY', () => {
  it('that is another one than what is stored was sealed with ends the start with one line', async () => {
    const key = newKey();
    const first = await start({ SECRETS_KEY: key });
    await addApp(first.admin);
    await first.stop();
    const wrong = settings({ SECRETS_KEY: newKey() });
    await expect(startServerProcess('api', wrong)).rejects.toThrow(
      /ended with 78:\nConfiguration: SECRETS_KEY is not the key that the secrets in this database are sealed with;[^\n]*$/,
    );
    const again = await start({ SECRETS_KEY: key });
    expect((await again.admin.call('GET', '/apps')).status).toBe(200);
  });

  it('that is another one lets no worker start either', async () => {
    const first = await start({ SECRETS_KEY: newKey() });
    await addApp(first.admin);
    await first.stop();
    const wrong = settings({ SECRETS_KEY: newKey() });
    await expect(startServerProcess('worker', wrong)).rejects.toThrow(/ended with 78:/);
  });

  it('is checked against the secrets themselves if earlier versions recorded no key', async () => {
    const key = newKey();
    const first = await start({ SECRETS_KEY: key });
    await addApp(first.admin);
    await first.stop();
    await database.query('DELETE FROM sealing_keys');
    await expect(startServerProcess('api', settings({ SECRETS_KEY: newKey() }))).rejects.toThrow(
      /SECRETS_KEY/,
    );
    await start({ SECRETS_KEY: key });
  });

  it('may be any while nothing is sealed', async () => {
    await (await start({ SECRETS_KEY: newKey() })).stop();
    const again = await start({ SECRETS_KEY: newKey() });
    expect((await again.admin.call('GET', '/apps')).status).toBe(200);
  });

  it('that is lost may be replaced permanently by setting a variable for one start', async () => {
    const first = await start({ SECRETS_KEY: newKey() });
    await addApp(first.admin);
    await first.stop();
    const key = newKey();
    await (await start({ SECRETS_KEY: key, SECRETS_KEY_LOST: 'true' })).stop();
    const again = await start({ SECRETS_KEY: key });
    expect((await again.admin.call('GET', '/apps')).status).toBe(200);
  });
});

describe('replacing SECRETS_KEY', () => {
  it('seals everything again while the service runs, until the former key is no longer needed', async () => {
    const [oldKey, key] = [newKey(), newKey()];
    const before = await start({ SECRETS_KEY: oldKey });
    const { app: old, webhookId, channelId, url } = await addEverything(before.admin);
    const sealedColumns = await used();
    expect(sealedColumns).toEqual(SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`));
    const secretBefore = await revealed(old, webhookId);
    await before.stop();

    // Without the former key it does not start: there is work left.
    const both = { SECRETS_KEY: key, SECRETS_KEY_PREVIOUS: ` ${newKey()}, ${oldKey} ` };
    await expect(startServerProcess('api', settings({ SECRETS_KEY: key }))).rejects.toThrow(/SECRETS_KEY/);
    const between = await start(both);
    await resealed(between.app);
    await between.stop();

    const after = await start({ SECRETS_KEY: key });
    const app = new AppUnderTest(after.admin, { appKey: old.appKey, appSecret: old.appSecret } as never);
    expect(await revealed(app, webhookId)).toEqual(secretBefore);
    expect(await app.webhook(webhookId)).toMatchObject({ url, headers: { 'X-Tenant': 'south' } });
    const [, headersChanged] = (
      await after.admin.data<{ changes: unknown[] }[]>('GET', `${app.base}/webhooks/${webhookId}/revisions`)
    ).toReversed();
    expect(headersChanged?.changes).toEqual([{ field: 'headers.X-Tenant', before: 'north', after: 'south' }]);
    expect(await app.deliver()).toMatchObject({ status: 'success' });
    expect(receiver.callbacks.at(-1)?.headers).toMatchObject({ 'x-tenant': 'south' });
    const tested = await after.admin.call('POST', `/notification-channels/${channelId}/test`);
    expect(tested.status).toBe(200);
    expect(await countsOf(after.app)).toMatchObject({ previous: 0, unopenable: 0 });
  });

  it('resumes after an interruption', async () => {
    const [oldKey, key] = [newKey(), newKey()];
    const before = await start({ SECRETS_KEY: oldKey });
    await addEverything(before.admin);
    await before.stop();
    const first = await start({ SECRETS_KEY: key, SECRETS_KEY_PREVIOUS: oldKey });
    await resealed(first.app);
    await addApp(first.admin);
    await first.stop();
    // As if a process with the former key had gone on for a while.
    const back = await start({ SECRETS_KEY: oldKey, SECRETS_KEY_PREVIOUS: key });
    await resealed(back.app);
    await back.stop();
    const last = await start({ SECRETS_KEY: key, SECRETS_KEY_PREVIOUS: oldKey });
    await resealed(last.app);
    expect((await last.admin.call('GET', '/apps')).status).toBe(200);
  });
});

describe('a webhook whose secret cannot be opened', () => {
  it('has an alert instead of a try every few seconds, keeps what waits, and goes on with a new secret', async () => {
    const { app: process, admin } = await start({ SECRETS_KEY: newKey() });
    const app = new AppUnderTest(admin, await addApp(admin));
    const { webhookId } = await app.addWebhook(receiver.url, { secret: 'own secret' });
    await app.deliver();
    const count = receiver.callbacks.length;
    await database.query(
      `UPDATE webhook_configs SET secret_ciphertext = set_byte(secret_ciphertext, 40, get_byte(secret_ciphertext, 40) # 1)`,
    );
    const { eventId } = await app.post();
    const alert = await app.alert('cannot_sign', { status: 'open', severity: 'critical' });
    expect(alert).toMatchObject({ webhookId, deliveries: { status: 'pending' } });
    const [waiting] = await app.deliveries(`?eventId=${eventId}`);
    expect(waiting).toMatchObject({ status: 'pending', attempts: 0 });
    expect(receiver.callbacks).toHaveLength(count);
    expect((await app.call('POST', `/webhooks/${webhookId}/test`)).status).toBe(503);
    // A test that was not sent is not sent later either.
    expect(await app.deliveries('?kind=test')).toEqual([]);
    expect(await process.get(Metrics).render()).toMatch(/im_callback_secrets_not_opened [1-9]/);
    await app.changeWebhook(webhookId, { secret: 'another' });
    expect(await app.outcome(eventId)).toMatchObject({ status: 'success', attempts: 1 });
    await app.alert('cannot_sign', { status: 'resolved', resolvedBy: 'system' });
  });

  it('or whose headers cannot, goes on once they are set again, even to none', async () => {
    const { admin } = await start({ SECRETS_KEY: newKey() });
    const app = new AppUnderTest(admin, await addApp(admin));
    const { webhookId } = await app.addWebhook(receiver.url, { headers: { 'X-Tenant': 'north' } });
    await database.query(
      `UPDATE webhook_configs SET sealed_settings = set_byte(sealed_settings, 40, get_byte(sealed_settings, 40) # 1)`,
    );
    const { eventId } = await app.post();
    await app.alert('cannot_sign', { status: 'open' });
    expect(await app.webhook(webhookId)).toMatchObject({ headers: {} });
    await app.changeWebhook(webhookId, { headers: {} });
    expect(await app.outcome(eventId)).toMatchObject({ status: 'success' });
  });
});

describe('a webhook whose client certificate cannot be opened', () => {
  it('has an alert too, and goes on without one once it is removed', async () => {
    const { admin } = await start({ SECRETS_KEY: newKey() });
    const app = new AppUnderTest(admin, await addApp(admin));
    const { cert: certificate, key } = makeCertificate({ commonName: 'callbacks.example' });
    const { webhookId } = await app.addWebhook(receiver.url, { clientCertificate: { certificate, key } });
    await database.query(
      `UPDATE webhook_configs SET client_certificate_ciphertext =
         set_byte(client_certificate_ciphertext, 40, get_byte(client_certificate_ciphertext, 40) # 1)`,
    );
    const { eventId } = await app.post();
    await app.alert('cannot_sign', { status: 'open' });
    await app.changeWebhook(webhookId, { clientCertificate: null });
    expect(await app.outcome(eventId)).toMatchObject({ status: 'success', attempts: 1 });
  });
});

async function revealed(app: AppUnderTest, webhookId: string): Promise<unknown[]> {
  return Promise.all(
    ['/secret/reveal', `/webhooks/${webhookId}/secret/reveal`].map((path) =>
      app.client.data('POST', app.base + path),
    ),
  );
}

/** The columns with values. */
async function used(): Promise<string[]> {
  const app = running[0];
  if (!app) throw new Error('Nothing runs');
  const values = app.get(SealedValuesRepository);
  const counted = await Promise.all(
    SEALED_COLUMNS.map(async (column) => ({ column, marks: await values.countByMark(column) })),
  );
  return counted
    .filter(({ marks }) => marks.length > 0)
    .map(({ column: { table, column } }) => `${table}.${column}`);
}
