/** One event that a receiver refuses does not take the others of its batch with it. */
import type { DeliveryDetail } from '@im/contracts/api/deliveries';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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

interface Batch {
  batchId: string;
  events: { data: { seq: number } }[];
}

/** One request: the numbers of its events, and what it was answered. */
interface Sent {
  seqs: number[];
  status: number;
  batchId: string;
}

/** Refuses every request that holds one of the numbers, and remembers all requests. */
function refuse(poisonous: readonly number[], status = 400): Sent[] {
  const sent: Sent[] = [];
  receiver.answerBy((response, { text }) => {
    const { batchId, events } = JSON.parse(text) as Batch;
    const seqs = events.map(({ data }) => data.seq);
    const answer = seqs.some((seq) => poisonous.includes(seq)) ? status : 200;
    sent.push({ seqs, status: answer, batchId });
    response.writeHead(answer).end();
  });
  return sent;
}

const seqsOf = (sent: readonly Sent[]) => sent.map(({ seqs }) => seqs);
const taken = (sent: readonly Sent[]) => sent.filter(({ status }) => status === 200);

function addWebhook(maxEvents: number, override: Record<string, unknown> = {}) {
  const batch = { maxEvents, maxWaitMs: 60_000 };
  return app.addWebhook(receiver.url, { batch, retryPolicy: fixedRetry(1), ...override });
}

function post(count: number, dataOf: (seq: number) => Record<string, unknown> = () => ({})) {
  const events = Array.from({ length: count }, (_, seq) => messageSent({ seq, ...dataOf(seq) }));
  return app.client.data('POST', `${app.base}/events/batch`, { body: { events } });
}

/** Each delivery by the number of its event, once none of them waits. */
async function ended(count: number): Promise<DeliveryDetail[]> {
  const deliveries = await eventually(async () => {
    const all = await app.deliveries('?limit=200');
    return all.length === count && all.every(({ status }) => status !== 'pending') ? all : undefined;
  });
  const details = await Promise.all(deliveries.map(({ deliveryId }) => app.delivery(deliveryId)));
  const seqOf = ({ payload }: DeliveryDetail) => (payload as { seq: number }).seq;
  return details.sort((one, other) => seqOf(one) - seqOf(other));
}

describe('a batch that is refused', () => {
  it.each([400, 413, 422])('with %i is halved until the poisonous event stands alone', async (status) => {
    const sent = refuse([2], status);
    await addWebhook(8);
    await post(8);
    const deliveries = await ended(8);
    expect(deliveries.map((delivery) => delivery.status)).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7].map((seq) => (seq === 2 ? 'failed' : 'success')),
    );
    // First the left half, then the right one, so that what is taken is taken in order.
    expect(seqsOf(sent)).toEqual([
      [0, 1, 2, 3, 4, 5, 6, 7],
      [0, 1, 2, 3],
      [0, 1],
      [2, 3],
      [2],
      [3],
      [4, 5, 6, 7],
    ]);
    expect(new Set(sent.map(({ batchId }) => batchId)).size).toBe(sent.length);
    expect(receiver.callbacks.every(({ isSignatureValid }) => isSignatureValid)).toBe(true);
  });

  it('has each of its requests in the log; those of whole batches cost no attempt of the policy', async () => {
    refuse([0]);
    await addWebhook(4);
    await post(4);
    const [poisonous, neighbour, ...others] = await ended(4);
    const logOf = ({ attemptLog }: DeliveryDetail) =>
      attemptLog.map(({ attempt, responseStatus, isSplit }) => [attempt, responseStatus, isSplit]);
    expect(logOf(poisonous!)).toEqual([
      [1, 400, true],
      [2, 400, true],
      [3, 400, false],
    ]);
    expect(poisonous).toMatchObject({ status: 'failed', attempts: 3, maxAttempts: 3 });
    expect(logOf(neighbour!)).toEqual([
      [1, 400, true],
      [2, 400, true],
      [3, 200, false],
    ]);
    for (const other of others) {
      expect(logOf(other)).toEqual([
        [1, 400, true],
        [2, 200, false],
      ]);
    }
    const heads = receiver.callbacks.map(({ headers }) => headers['x-app-attempt']);
    expect(heads).toEqual(['1', '2', '3', '3', '2']);
  });

  it('takes at most 2n-1 requests, although every event of it is poisonous', async () => {
    const sent = refuse([0, 1, 2, 3, 4, 5, 6]);
    await addWebhook(7);
    await post(7);
    const deliveries = await ended(7);
    expect(deliveries.map(({ status }) => status)).toEqual(Array.from({ length: 7 }, () => 'failed'));
    expect(sent).toHaveLength(13);
    expect(sent.filter(({ seqs }) => seqs.length === 1)).toHaveLength(7);
  });

  it('retries a poisonous event alone by its policy, without delaying others', async () => {
    const sent = refuse([1]);
    const { webhookId } = await addWebhook(3, { retryPolicy: fixedRetry(3, 100) });
    await post(3);
    const deliveries = await ended(3);
    expect(deliveries.map(({ status }) => status)).toEqual(['success', 'failed', 'success']);
    expect(sent.filter(({ seqs }) => seqs.length === 1 && seqs[0] === 1)).toHaveLength(3);
    expect(taken(sent).flatMap(({ seqs }) => seqs)).toEqual([0, 2]);
    // A retry joins no batch of what came meanwhile.
    expect(sent.filter(({ seqs }) => seqs.includes(1) && seqs.length > 1)).toHaveLength(2);
    // Only the event that is sent alone counts for the receiver's health.
    expect((await app.webhook(webhookId)).consecutiveFailures).toBe(2);
  });

  it('keeps the order of conversations', async () => {
    const sent = refuse([3]);
    await addWebhook(2, { ordering: 'conversation', batch: { maxEvents: 2, maxWaitMs: 50 } });
    await post(8, (seq) => ({ conversationId: `c${String(seq % 2)}` }));
    await ended(8);
    const order = taken(sent).flatMap(({ seqs }) => seqs);
    expect(order.filter((seq) => seq % 2 === 0)).toEqual([0, 2, 4, 6]);
    expect(order.filter((seq) => seq % 2 === 1)).toEqual([1, 5, 7]);
  });

  it('is not split for any other answer', async () => {
    const sent = refuse([1], 500);
    await addWebhook(3);
    await post(3);
    const deliveries = await ended(3);
    expect(deliveries.map(({ status }) => status)).toEqual(['failed', 'failed', 'failed']);
    expect(sent).toHaveLength(1);
  });
});

describe('while a batch is split', () => {
  it('the rate limit of the webhook holds', async () => {
    refuse([0]);
    await addWebhook(8, { rateLimitPerSecond: 5 });
    await post(8);
    await ended(8);
    const at = receiver.callbacks.map(({ atMs }) => atMs);
    expect(at.length).toBe(7);
    // 200 ms each, apart from one burst of a single request.
    expect(at.at(-1)! - at[0]!).toBeGreaterThanOrEqual(5 * 200 - 50);
  });

  it('an event that was canceled meanwhile is not sent', async () => {
    const sent = refuse([0]);
    await addWebhook(4, { rateLimitPerSecond: 1 });
    await post(4);
    const waiting = await eventually(async () => {
      const pending = await app.deliveries('?status=pending');
      return sent.length > 0 && pending.length === 4 ? pending : undefined;
    });
    const details = await Promise.all(waiting.map(({ deliveryId }) => app.delivery(deliveryId)));
    const last = details.find(({ payload }) => (payload as { seq: number }).seq === 3)!;
    await app.call('POST', `/deliveries/${last.deliveryId}/cancel`);
    const deliveries = await ended(4);
    expect(deliveries.map(({ status }) => status)).toEqual(['failed', 'success', 'success', 'canceled']);
    expect(seqsOf(sent)).toEqual([[0, 1, 2, 3], [0, 1], [0], [1], [2]]);
  });

  it('an event that was canceled while the whole batch was on its way is not sent again', async () => {
    const isAsked = Promise.withResolvers<unknown>();
    const refuseIt = Promise.withResolvers<unknown>();
    const sent: number[][] = [];
    receiver.answerBy((response, { text }) => {
      const seqs = (JSON.parse(text) as Batch).events.map(({ data }) => data.seq);
      sent.push(seqs);
      isAsked.resolve(true);
      void refuseIt.promise.then(() => response.writeHead(seqs.length > 1 ? 400 : 200).end());
    });
    await addWebhook(3);
    await post(3);
    await isAsked.promise;
    const waiting = await app.deliveries('?status=pending');
    const details = await Promise.all(waiting.map(({ deliveryId }) => app.delivery(deliveryId)));
    const first = details.find(({ payload }) => (payload as { seq: number }).seq === 0)!;
    await app.call('POST', `/deliveries/${first.deliveryId}/cancel`);
    refuseIt.resolve(true);
    const deliveries = await ended(3);
    expect(deliveries.map(({ status }) => status)).toEqual(['canceled', 'success', 'success']);
    expect(sent.slice(1).flat()).not.toContain(0);
  });

  it('the breaker opens once ten events in a row were refused alone, and what is left waits', async () => {
    const sent = refuse(Array.from({ length: 32 }, (_, seq) => seq));
    const { webhookId } = await addWebhook(32, { retryPolicy: fixedRetry(9, 60_000) });
    await post(32);
    await eventually(async () => (await app.webhook(webhookId)).health === 'paused');
    await eventually(async () =>
      (await app.deliveries('?limit=200')).every(({ status }) => status === 'pending'),
    );
    expect(sent.filter(({ seqs }) => seqs.length === 1).map(({ seqs }) => seqs[0])).toEqual(
      Array.from({ length: 10 }, (_, seq) => seq),
    );
  });
});
