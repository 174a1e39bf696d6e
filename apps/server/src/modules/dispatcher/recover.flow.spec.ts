import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Redis } from 'ioredis';
import { eventually, fixedRetry, type AppUnderTest } from '../../testing/app-under-test.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { friendDeleted, messageSent } from '../../testing/sample-events.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

let service: TestService;
let app: AppUnderTest;
let receiver: CallbackReceiver;

beforeEach(async () => {
  service = await startTestService();
  app = await service.addApp();
  receiver = await CallbackReceiver.start(app.appSecret);
});

afterEach(async () => {
  await receiver.stop();
  await service.stop();
});

async function emptyRedis(): Promise<void> {
  const redis = new Redis(service.redisUrl);
  await redis.flushdb();
  await redis.quit();
}

/** What the database says became of the deliveries, by status. */
async function statuses(): Promise<Record<string, number>> {
  const rows = await service.database.query<{ status: string; count: number }>(
    'SELECT status, count(*)::int AS count FROM delivery_log GROUP BY status',
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}

describe('an emptied Redis loses nothing:', () => {
  it('what waits for its next attempt is attempted anyway', async () => {
    receiver.answerWith(500);
    const { webhookId } = await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(50, 2_000) });
    const body = { events: Array.from({ length: 50 }, friendDeleted) };
    await app.client.data('POST', `${app.base}/events/batch`, { body });
    await eventually(() => receiver.callbackIds.size === 50);
    receiver.answerWith(200);
    await emptyRedis();
    await app.call('POST', `/webhooks/${webhookId}/resume`);
    await eventually(async () => (await statuses()).pending === undefined);
    expect(await statuses()).toEqual({ success: 50 });
  });

  it('emptied again and again while events come in', async () => {
    await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(3) });
    for (let round = 0; round < 5; round += 1) {
      const posting = Promise.all(Array.from({ length: 40 }, () => app.post()));
      await emptyRedis();
      await posting;
    }
    await eventually(async () => (await statuses()).success === 200);
    expect(receiver.callbackIds.size).toBe(200);
  });
});

describe('a stop in order', () => {
  it('waits for the answer of a slow receiver and records it', async () => {
    let answer: (() => void) | undefined;
    receiver.answerBy((response) => (answer = () => response.end('slow')));
    await app.addWebhook(receiver.url);
    await app.post();
    await eventually(() => answer !== undefined);
    let hasStopped = false;
    const stopped = service.app.close().then(() => (hasStopped = true));
    setTimeout(() => {
      expect(hasStopped).toBe(false);
      answer?.();
    }, 800);
    await stopped;
    expect(await statuses()).toEqual({ success: 1 });
    const [attempt] = await service.database.query('SELECT response_body FROM attempts');
    expect(attempt).toEqual({ response_body: 'slow' });
  });

  it('keeps every event it answered 202 for', async () => {
    await app.addWebhook(receiver.url);
    const body = JSON.stringify(messageSent());
    const url = `${service.url}/api/v1${app.base}/events`;
    const headers = { ...app.client.headers, 'content-type': 'application/json' };
    let accepted = 0;
    const post = async (): Promise<void> => {
      const response = await fetch(url, { method: 'POST', headers, body }).catch(() => undefined);
      if (response?.status === 202) accepted += 1;
      if (response) await post();
    };
    const posting = Promise.all(Array.from({ length: 10 }, post));
    await eventually(() => accepted > 50);
    await service.app.close();
    await posting;
    const [stored] = await service.database.query<{ count: number }>('SELECT count(*)::int FROM events');
    expect(stored?.count).toBeGreaterThanOrEqual(accepted);
  });
});

describe('one webhook that cannot be delivered to', () => {
  it('because its secret can no longer be opened does not delay others', async () => {
    const broken = await app.addWebhook('http://127.0.0.1:9/', { secret: 'own secret' });
    await app.addWebhook(receiver.url);
    await service.database.query(
      `UPDATE webhook_configs SET secret_ciphertext = '\\x00' WHERE webhook_id = $1`,
      [broken.webhookId],
    );
    const body = { events: Array.from({ length: 50 }, friendDeleted) };
    await app.client.data('POST', `${app.base}/events/batch`, { body });
    await eventually(async () => (await statuses()).success === 50);
    expect(receiver.callbacks).toHaveLength(50);
  });
});
