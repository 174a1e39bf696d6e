/** Kills workers while they send notifications: none is lost. Needs `pnpm build:code`. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { v7 as uuidV7 } from 'uuid';
import { SecretBox } from '../../platform/crypto/secret-box.js';
import { eventually } from '../../testing/app-under-test.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { addNotices } from '../../testing/channels.js';
import { startServerProcess, type ServerProcess } from '../../testing/server-process.js';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.js';
import { leaseTestRedis, type TestRedis } from '../../testing/test-redis.js';
import { channelSecretContext } from './data/notification-channel.entity.js';

const KILLS = 4;
const NOTICES_EACH = 5;

let database: TestDatabase;
let redis: TestRedis;
let platform: CallbackReceiver;
let worker: ServerProcess;
const key = randomBytes(32);

beforeAll(async () => {
  [database, redis, platform] = await Promise.all([
    createTestDatabase(),
    leaseTestRedis(),
    CallbackReceiver.start(),
  ]);
  worker = await startWorker();
});

afterAll(async () => {
  await worker.stop('SIGTERM');
  await platform.stop();
  await Promise.all([database.drop(), redis.release()]);
});

function startWorker(): Promise<ServerProcess> {
  return startServerProcess('worker', {
    DATABASE_URL: database.databaseUrl,
    REDIS_URL: redis.redisUrl,
    SECRETS_KEY: key.toString('base64'),
    WEBHOOK_ALLOWED_CIDRS: '127.0.0.0/8',
  });
}

/** @returns the id of an alert of an app whose tenant has a channel that leads to the platform */
async function addAlertAndChannel(): Promise<string> {
  const [tenantId, appId, alertId, channelId] = [uuidV7(), uuidV7(), uuidV7(), uuidV7()];
  await database.query(`INSERT INTO tenants (tenant_id, name) VALUES ($1, 'test')`, [tenantId]);
  await database.query(
    `INSERT INTO apps (app_id, tenant_id, app_key, name, package_name, secret_ciphertext)
     VALUES ($1, $2, 'ak_1', 'Chat', 'com.example.chat', '')`,
    [appId, tenantId],
  );
  await database.query(
    `INSERT INTO alerts (alert_id, app_id, rule, severity, status, detail, opened_at)
     VALUES ($1, $2, 'consecutive_failures', 'critical', 'open', '{"webhookName":"Orders","webhookUrl":"https://x.example/"}', now())`,
    [alertId, appId],
  );
  const url = new SecretBox(key).seal(platform.url, channelSecretContext(channelId));
  const secret = new SecretBox(key).seal('s', channelSecretContext(channelId));
  await database.query(
    `INSERT INTO notification_channels
     VALUES ($1, $2, 'webhook', 'Ops', true, 'en', 'warning', '{}', '{}', NULL, 'x', $3, $4, 'test', now(), now())`,
    [channelId, tenantId, url, secret],
  );
  await database.query('INSERT INTO notification_lanes (channel_id) VALUES ($1)', [channelId]);
  return alertId;
}

function arrivedIds(): Set<string> {
  const ids = platform.callbacks.flatMap(({ text }) =>
    (JSON.parse(text) as { notifications: { notificationId: string }[] }).notifications.map(
      (each) => each.notificationId,
    ),
  );
  return new Set(ids);
}

it('every notice arrives although the worker is killed in the middle of a message, again and again', async () => {
  const alertId = await addAlertAndChannel();
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const before = platform.callbacks.length;
    // The worker never learns whether the message arrived.
    platform.answerBy(() => undefined);
    await addNotices(database, alertId, NOTICES_EACH);
    await eventually(() => platform.callbacks.length > before);
    await worker.stop('SIGKILL');
    worker = await startWorker();
    // The lease outlives the killed worker; the test ends it early.
    await database.query(
      `UPDATE notification_lanes SET leased_until = now(), rests_until = now(), message_times = '{}'`,
    );
  }
  platform.answerWith(200);
  const all = KILLS * NOTICES_EACH;
  await eventually(async () => {
    const [row] = await database.query<{ sent: number }>(
      `SELECT count(*)::int AS sent FROM notifications WHERE status = 'sent'`,
    );
    return row?.sent === all;
  });
  expect(arrivedIds().size).toBe(all);
  const left = await database.query('SELECT 1 FROM alert_notices WHERE handled_at IS NULL');
  expect(left).toEqual([]);
}, 120_000);
