/** What keeps webhooks apart and in step: order, batches, rate, breaker, isolation. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestWebhookResult } from '@im/contracts/api/webhooks';
import { eventually, fixedRetry, type AppUnderTest } from '../../testing/app-under-test.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { messageSent } from '../../testing/sample-events.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

let service: TestService;
let app: AppUnderTest;
let receiver: CallbackReceiver;

beforeAll(async () => {
  service = await startTestService();
});

beforeEach(async () => {
  app = await service.addApp();
  receiver = await CallbackReceiver.start(app.appSecret);
});

afterEach(async () => {
  await receiver.stop();
});

afterAll(async () => {
  await service.stop();
});

interface Message {
  conversationId: string;
  seq: number;
}

function post(messages: Message[]): Promise<unknown> {
  return app.client.data('POST', `${app.base}/events/batch`, {
    body: { events: messages.map((message) => messageSent({ ...message })) },
  });
}

function numbered(count: number, conversationOf = (n: number) => `c${n}`): Message[] {
  return Array.from({ length: count }, (_, seq) => ({ conversationId: conversationOf(seq), seq }));
}

const seqsOf = (data: unknown) => (data as Message).seq;

describe('a webhook that keeps the order of conversations', () => {
  it('gets the next event of a conversation only after it took the one before, others meanwhile', async () => {
    const arrived: (Message & { isTaken: boolean })[] = [];
    const tries = new Map<number, number>();
    receiver.answerBy((response, callback) => {
      const { conversationId, seq } = callback.envelope.data as Message;
      tries.set(seq, (tries.get(seq) ?? 0) + 1);
      const isTaken = seq % 7 !== 3 || tries.get(seq) === 3;
      arrived.push({ conversationId, seq, isTaken });
      response.statusCode = isTaken ? 200 : 500;
      response.end();
    });
    await app.addWebhook(receiver.url, { ordering: 'conversation', retryPolicy: fixedRetry(5, 100) });
    const messages = numbered(200, (n) => `c${n % 10}`);
    await post(messages.slice(0, 120));
    for (const message of messages.slice(120)) await app.post(messageSent({ ...message }));
    await eventually(() => arrived.filter(({ isTaken }) => isTaken).length === 200);
    for (let conversation = 0; conversation < 10; conversation += 1) {
      const own = arrived.filter(({ conversationId }) => conversationId === `c${conversation}`);
      const expected = messages
        .filter(({ seq }) => seq % 10 === conversation)
        .flatMap(({ seq }) => Array.from({ length: tries.get(seq) ?? 0 }, () => seq));
      expect(own.map(({ seq }) => seq)).toEqual(expected);
    }
    // Conversations went on beside each other: their events are mixed.
    const changes = arrived.filter(
      ({ conversationId }, at) => arrived[at - 1]?.conversationId !== conversationId,
    );
    expect(changes.length).toBeGreaterThan(50);
  });

  it('goes on after an event that was given up or canceled', async () => {
    receiver.answerBy((response, callback) => {
      response.statusCode = seqsOf(callback.envelope.data) === 0 ? 500 : 200;
      response.end();
    });
    await app.addWebhook(receiver.url, { ordering: 'conversation', retryPolicy: fixedRetry(2, 100) });
    await post(numbered(3, () => 'one'));
    await eventually(() => receiver.callbacks.length === 4);
    expect(receiver.callbacks.map(({ envelope }) => seqsOf(envelope.data))).toEqual([0, 0, 1, 2]);
  });
});

describe('a webhook that takes batches', () => {
  interface Batch {
    batchId: string;
    events: { callbackId: string; data: Message }[];
  }
  const batches = () => receiver.callbacks.map(({ text }) => JSON.parse(text) as Batch);

  it('gets full ones at once and the rest when the wait is over, each event once', async () => {
    await app.addWebhook(receiver.url, { batch: { maxEvents: 10, maxWaitMs: 300 } });
    await post(numbered(25));
    await eventually(() => batches().flatMap(({ events }) => events).length === 25);
    expect(batches().map(({ events }) => events.length)).toEqual([10, 10, 5]);
    const seqs = batches().flatMap(({ events }) => events.map(({ data }) => data.seq));
    expect(new Set(seqs).size).toBe(25);
    expect(receiver.callbacks.map(({ headers }) => headers['x-app-batch'])).toEqual(['10', '10', '5']);
    expect(receiver.callbacks.every(({ isSignatureValid }) => isSignatureValid)).toBe(true);
  });

  it('that fail come again together, under the same name', async () => {
    receiver.answerBy((response, _callback, count) => {
      response.statusCode = count < 3 ? 500 : 200;
      response.end();
    });
    await app.addWebhook(receiver.url, {
      batch: { maxEvents: 5, maxWaitMs: 100 },
      retryPolicy: fixedRetry(3, 100),
    });
    await post(numbered(5));
    await eventually(async () => (await app.deliveries('?status=success')).length === 5);
    expect(new Set(batches().map(({ batchId }) => batchId)).size).toBe(1);
    expect(receiver.callbacks.at(-1)?.headers['x-app-attempt']).toBe('3');
    const attempts = (await app.deliveries()).map((delivery) => delivery.attempts);
    expect(attempts).toEqual([3, 3, 3, 3, 3]);
  });
});

describe('a webhook with a rate limit', () => {
  it.each([
    [3, 7],
    [17, 40],
    [20, 50],
  ])('of %i gets no more than that in any second, and everything in the end', async (rate, count) => {
    await app.addWebhook(receiver.url, { rateLimitPerSecond: rate });
    await post(numbered(count));
    await eventually(() => receiver.callbacks.length === count);
    const at = receiver.callbacks.map(({ atMs }) => atMs);
    const inASecond = at.map((start) => at.filter((ms) => ms >= start && ms < start + 1_000).length);
    // One burst of 50 ms, and what the way to the receiver may push together.
    expect(Math.max(...inASecond)).toBeLessThanOrEqual(rate + 3);
    expect(Math.max(...inASecond)).toBeGreaterThanOrEqual(rate - 3);
  });
});

describe('a webhook whose receiver fails again and again', () => {
  it('is paused with what waits, and drains when it is resumed', async () => {
    receiver.answerWith(500);
    const { webhookId } = await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(20, 200) });
    await post(numbered(60));
    await eventually(async () => (await app.webhook(webhookId)).health === 'paused');
    await eventually(async () => {
      const before = receiver.callbacks.length;
      await app.webhook(webhookId);
      await app.webhook(webhookId);
      return receiver.callbacks.length === before;
    });
    // More came while it was paused: nothing of it is tried.
    const tried = receiver.callbacks.length;
    await post(numbered(40, (n) => `later${n}`));
    receiver.answerWith(200);
    const resumed = await app.call('POST', `/webhooks/${webhookId}/resume`);
    expect(resumed.status).toBe(200);
    expect(receiver.callbacks.length - tried).toBeLessThanOrEqual(1);
    await eventually(async () => (await app.webhook(webhookId)).stats.succeeded === 100);
    expect(await app.webhook(webhookId)).toMatchObject({ health: 'healthy', consecutiveFailures: 0 });
  });

  it('has what waits kept when it is disabled while paused, and drains when it is enabled again', async () => {
    receiver.answerWith(500);
    const { webhookId } = await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(20, 200) });
    await post(numbered(30));
    await eventually(async () => (await app.webhook(webhookId)).health === 'paused');
    const disabled = await app.call('POST', `/webhooks/${webhookId}/disable`);
    expect(disabled.body).toMatchObject({ data: { health: 'disabled', waiting: 30 } });
    expect(await app.deliveries('?phase=held')).toHaveLength(30);
    receiver.answerWith(200);
    await app.call('POST', `/webhooks/${webhookId}/enable`);
    await eventually(async () => (await app.webhook(webhookId)).stats.succeeded === 30);
  });

  it('is open again after a test send that arrives', async () => {
    receiver.answerWith(500);
    const { webhookId } = await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(20, 200) });
    await post(numbered(30));
    await eventually(async () => (await app.webhook(webhookId)).health === 'paused');
    receiver.answerWith(200);
    const test = await app.client.data<TestWebhookResult>('POST', `${app.base}/webhooks/${webhookId}/test`, {
      body: {},
    });
    expect(test.status).toBe('success');
    await eventually(async () => (await app.webhook(webhookId)).stats.succeeded === 30);
  });
});

it('a webhook that hangs with hundreds waiting does not delay others', async () => {
  const hanging = await CallbackReceiver.start(app.appSecret);
  try {
    hanging.answerBy(() => undefined);
    const { webhookId } = await app.addWebhook(hanging.url, { timeoutMs: 30_000 });
    await post(numbered(600));
    await eventually(() => hanging.callbacks.length >= 32);
    await app.addWebhook(receiver.url);
    await post(numbered(100));
    await eventually(() => receiver.callbacks.length === 100);
    // No hanging request had to time out for that.
    expect((await app.webhook(webhookId)).stats.attempts).toBe(0);
    expect(hanging.callbacks.length).toBeLessThanOrEqual(256);
    await app.call('DELETE', `/webhooks/${webhookId}`);
  } finally {
    await hanging.stop();
  }
});

it('a delivery canceled between two attempts is not attempted again', async () => {
  receiver.answerWith(500);
  await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(10, 1_000) });
  const { eventId } = await app.post();
  const delivery = await eventually(async () => (await app.deliveries(`?eventId=${eventId}`))[0]);
  await eventually(async () => (await app.delivery(delivery.deliveryId)).attempts === 1);
  expect((await app.call('POST', `/deliveries/${delivery.deliveryId}/cancel`)).status).toBe(200);
  const later = await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(1) });
  // Something else that is due after the canceled attempt would have been.
  receiver.answerWith(429, { 'retry-after': '1' });
  await app.changeWebhook(later.webhookId, { retryPolicy: fixedRetry(2, 1_500) });
  await app.post();
  await eventually(async () => (await app.webhook(later.webhookId)).stats.failed === 1);
  expect((await app.delivery(delivery.deliveryId)).status).toBe('canceled');
  expect((await app.delivery(delivery.deliveryId)).attempts).toBe(1);
});
