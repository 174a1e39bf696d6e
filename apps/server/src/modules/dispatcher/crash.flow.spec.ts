import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CreatedApp } from '@im/contracts/api/apps';
import { CSRF_HEADER, CSRF_HEADER_VALUE } from '@im/contracts/api/auth';
import { eventually, fixedRetry } from '../../testing/app-under-test.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { messageSent } from '../../testing/sample-events.js';
import { startServerProcess, type ServerProcess } from '../../testing/server-process.js';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.js';
import { leaseTestRedis, type TestRedis } from '../../testing/test-redis.js';
import { ADMIN_LOGIN } from '../../testing/test-service.js';

const EVENTS = 1_000;
const AT_ONCE = 50;

let database: TestDatabase;
let redis: TestRedis;
let receiver: CallbackReceiver;
let env: Record<string, string>;
let api: ServerProcess;
let worker: ServerProcess;

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
    WEBHOOK_CONCURRENCY: '50',
  };
  [api, worker] = await Promise.all([startServerProcess('api', env), startServerProcess('worker', env)]);
});

afterAll(async () => {
  await Promise.all([api.stop('SIGTERM'), worker.stop('SIGTERM')]);
  await receiver.stop();
  await Promise.all([database.drop(), redis.release()]);
});

async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const response = await fetch(`${api.url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [CSRF_HEADER]: CSRF_HEADER_VALUE, ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return response;
}

async function dataOf<T>(response: Response): Promise<T> {
  return ((await response.json()) as { data: T }).data;
}

async function killAndRestartWorker(): Promise<void> {
  await worker.stop('SIGKILL');
  worker = await startServerProcess('worker', env);
}

/** A new app of the first admin, its secret known to the receiver. */
async function addApp(): Promise<{ app: CreatedApp; session: { cookie: string } }> {
  const [email, password] = ADMIN_LOGIN;
  const login = await post('/auth/login', { email, password });
  const session = { cookie: login.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
  const app = await dataOf<CreatedApp>(
    await post('/apps', { name: 'Chat', packageName: 'com.example.chat' }, session),
  );
  receiver.key = app.appSecret;
  return { app, session };
}

it('every event arrives although the worker is killed twice while they come in', async () => {
  const { app, session } = await addApp();
  // A receiver that takes its time, so that a killed worker leaves attempts half done.
  receiver.answerBy((response) => setTimeout(() => response.end(), 20));
  const webhook = { url: receiver.url, retryPolicy: fixedRetry(10, 100) };
  await post(`/apps/${app.appKey}/webhooks`, webhook, session);

  const kills = [EVENTS / 4, EVENTS / 2].map(async (arrived) => {
    await eventually(() => receiver.callbackIds.size >= arrived);
    await killAndRestartWorker();
  });
  let posted = 0;
  const postNext = async (): Promise<void> => {
    while (posted < EVENTS) {
      posted += 1;
      await post(`/apps/${app.appKey}/events`, messageSent({ seq: posted }), session);
    }
  };
  await Promise.all([...kills, ...Array.from({ length: AT_ONCE }, postNext)]);

  await eventually(() => receiver.callbackIds.size === EVENTS);
  await eventually(async () => {
    const [row] = await database.query<{ count: number }>(
      `SELECT count(*)::int FROM deliveries WHERE status = 'success'`,
    );
    return row?.count === EVENTS;
  });
  expect(receiver.callbacks.every(({ isSignatureValid }) => isSignatureValid)).toBe(true);
  // Duplicates have the same callbackId, so a receiver can detect them.
  const eventByCallbackId = new Map<string, unknown>();
  for (const { envelope } of receiver.callbacks) {
    const { seq } = envelope.data as { seq: number };
    expect(eventByCallbackId.get(envelope.callbackId) ?? seq).toBe(seq);
    eventByCallbackId.set(envelope.callbackId, seq);
  }
  expect(new Set(eventByCallbackId.values()).size).toBe(EVENTS);
  const counts = await database.query(
    `SELECT sum(total)::int AS total, sum(succeeded)::int AS succeeded
     FROM (SELECT total, succeeded FROM webhook_totals UNION ALL SELECT total, succeeded FROM count_deltas) AS counted`,
  );
  expect(counts).toEqual([{ total: EVENTS, succeeded: EVENTS }]);
}, 150_000);

it('a batch that was being split when the worker was killed loses nothing, and the refused event stands alone again', async () => {
  const { app, session } = await addApp();
  const splitting = await CallbackReceiver.start(app.appSecret);
  const poisonous = 1;
  let killed: Promise<void> | undefined;
  const taken: number[] = [];
  splitting.answerBy((response, { text }) => {
    const { events } = JSON.parse(text) as { events: { data: { seq: number } }[] };
    const seqs = events.map(({ data }) => data.seq);
    if (seqs.length === 2 && !killed) {
      // The first half is under way; its answer never comes.
      killed = killAndRestartWorker();
      return;
    }
    const isRefused = seqs.includes(poisonous);
    if (!isRefused) taken.push(...seqs);
    response.writeHead(isRefused ? 422 : 200).end();
  });
  const batch = { maxEvents: 4, maxWaitMs: 60_000 };
  await post(
    `/apps/${app.appKey}/webhooks`,
    { url: splitting.url, batch, retryPolicy: fixedRetry(1) },
    session,
  );
  const events = [0, 1, 2, 3].map((seq) => messageSent({ seq }));
  await post(`/apps/${app.appKey}/events/batch`, { events }, session);

  const ended = await eventually(async () => {
    const rows = await database.query<{ status: string }>(
      `SELECT d.status FROM deliveries d JOIN apps a USING (app_id) WHERE a.app_key = $1`,
      [app.appKey],
    );
    return rows.length === 4 ? rows.map(({ status }) => status).sort() : undefined;
  });
  await killed;
  expect(ended).toEqual(['failed', 'success', 'success', 'success']);
  await splitting.stop();
  expect(new Set(taken)).toEqual(new Set([0, 2, 3]));
});
