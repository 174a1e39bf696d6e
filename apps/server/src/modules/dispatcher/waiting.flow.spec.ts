/** What becomes of deliveries that wait: while their webhook is disabled or paused, and when a person is in a hurry. */
import type { Delivery } from '@im/contracts/api/deliveries';
import type { WebhookState } from '@im/contracts/api/webhook-state';
import type { TestWebhookResult, Webhook } from '@im/contracts/api/webhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually, fixedRetry, type AppUnderTest } from '../../testing/app-under-test.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { messageSent } from '../../testing/sample-events.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

const HOUR_MS = 3_600_000;

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

type Change = 'enable' | 'disable' | 'pause' | 'resume';

function turn(webhookId: string, change: Change, body: unknown = {}): Promise<WebhookState> {
  return app.client.data('POST', `${app.base}/webhooks/${webhookId}/${change}`, { body });
}

/** Creates a webhook with this many events that failed once and wait for a retry in an hour. */
async function withWaiting(count: number, override: Record<string, unknown> = {}): Promise<Webhook> {
  receiver.answerWith(503);
  const webhook = await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(5, HOUR_MS), ...override });
  for (let seq = 0; seq < count; seq += 1) await app.post(messageSent({ conversationId: 'one', seq }));
  const tried = webhook.ordering === 'conversation' ? 1 : count;
  await eventually(async () => (await attempted()).length === tried);
  receiver.answerWith(200);
  return webhook;
}

const attempted = async () =>
  (await app.deliveries('?phase=retrying')).filter(({ attempts }) => attempts === 1);
const seqs = () => receiver.callbacks.map(({ envelope }) => (envelope.data as { seq: number }).seq);
const statesOf = (deliveries: Delivery[]) =>
  deliveries.map(({ status, phase, heldBy, attempts }) => ({ status, phase, heldBy, attempts }));

describe('disabling a webhook', () => {
  it('keeps what waits: it goes out once the webhook is enabled again', async () => {
    const { webhookId } = await withWaiting(5);
    expect(await turn(webhookId, 'disable')).toMatchObject({ enabled: false, waiting: 5 });
    const held = { status: 'pending', phase: 'held', heldBy: 'person', attempts: 1 };
    expect(statesOf(await app.deliveries())).toEqual(Array.from({ length: 5 }, () => held));
    const { eventId } = await app.post();
    expect(await app.outcome(eventId)).toMatchObject({ status: 'skipped', phase: null, heldBy: null });

    expect(await turn(webhookId, 'enable')).toMatchObject({ enabled: true, waiting: 5 });
    expect(await app.deliveries('?phase=held')).toEqual([]);
    await app.client.data('POST', `${app.base}/webhooks/${webhookId}/send-now`);
    await eventually(async () => (await app.deliveries('?status=success')).length === 5);
    expect((await app.deliveries('?status=success')).map(({ attempts }) => attempts)).toEqual([
      2, 2, 2, 2, 2,
    ]);
  });

  it('for a moment, while a retry falls due, loses nothing', async () => {
    receiver.answerWith(500);
    const webhook = await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(3, 700) });
    const { eventId } = await app.post();
    await eventually(() => receiver.callbacks.length === 1);
    receiver.answerWith(200);
    await app.changeWebhook(webhook.webhookId, { enabled: false });
    await eventually(async () => {
      const [delivery] = await app.deliveries(`?eventId=${eventId}`);
      return delivery?.nextAttemptAt != null && Date.parse(delivery.nextAttemptAt) + 300 < Date.now();
    });
    expect(receiver.callbacks).toHaveLength(1);
    await app.changeWebhook(webhook.webhookId, { enabled: true });
    expect(await app.outcome(eventId)).toMatchObject({ status: 'success', attempts: 2 });
  });

  it('cancels what waits where that is asked for, and says why afterwards', async () => {
    const { webhookId } = await withWaiting(3);
    expect(await turn(webhookId, 'disable', { waiting: 'cancel' })).toMatchObject({
      enabled: false,
      waiting: 0,
    });
    const canceled = { status: 'canceled', cancelReason: 'webhook_disabled', phase: null, attempts: 1 };
    expect(await app.deliveries()).toMatchObject([canceled, canceled, canceled]);
    expect((await app.webhook(webhookId)).stats).toMatchObject({ pending: 0 });
  });

  it('takes another word for what waits as a mistake', async () => {
    const { webhookId } = await app.addWebhook(receiver.url);
    const answer = await app.call('POST', `/webhooks/${webhookId}/disable`, { body: { waiting: 'drop' } });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/waiting' }] } });
    expect(await app.webhook(webhookId)).toMatchObject({ enabled: true });
  });

  it('by an answer of 410 keeps what waits too, and the alert says how many', async () => {
    const { webhookId } = await withWaiting(4);
    receiver.answerWith(410);
    await app.post();
    const alert = await app.alert('webhook_disabled', { status: 'open' });
    expect(alert.detail).toMatchObject({ disabledReason: 'gone', waitingDeliveries: 4 });
    expect(await app.deliveries('?phase=held')).toMatchObject(
      Array.from({ length: 4 }, () => ({ status: 'pending', heldBy: 'breaker' })),
    );
    receiver.answerWith(200);
    expect(await turn(webhookId, 'enable')).toMatchObject({ waiting: 4 });
  });
});

describe('a webhook that a person paused', () => {
  it('holds what waits and what comes, in order and untouched, until it is resumed', async () => {
    const { webhookId } = await app.addWebhook(receiver.url, { ordering: 'conversation' });
    const paused = await turn(webhookId, 'pause');
    expect(paused).toMatchObject({
      health: 'healthy',
      enabled: true,
      pausedAt: expect.any(String) as string,
      pausedBy: 'admin@example.com',
      waiting: 0,
    });
    for (let seq = 0; seq < 30; seq += 1) {
      await app.post(messageSent({ conversationId: `c${String(seq % 3)}`, seq }));
    }
    expect(await turn(webhookId, 'pause')).toMatchObject({ pausedAt: paused.pausedAt, waiting: 30 });
    const deliveries = await app.deliveries('?phase=held');
    expect(deliveries).toHaveLength(30);
    expect(
      new Set(deliveries.map(({ heldBy, attempts }) => `${String(heldBy)} ${String(attempts)}`)),
    ).toEqual(new Set(['person 0']));
    // What a person asks for goes out anyway, and is no sign for the others.
    const test = await app.client.data<TestWebhookResult>('POST', `${app.base}/webhooks/${webhookId}/test`);
    expect(test.status).toBe('success');
    expect(receiver.callbacks).toHaveLength(1);

    expect(await turn(webhookId, 'resume')).toMatchObject({ pausedAt: null, pausedBy: null, waiting: 30 });
    await eventually(async () => (await app.deliveries('?status=success&limit=200')).length === 31);
    for (const conversation of ['c0', 'c1', 'c2']) {
      const own = receiver.callbacks
        .map(({ envelope }) => envelope.data as { conversationId: string; seq: number })
        .filter(({ conversationId }) => conversationId === conversation)
        .map(({ seq }) => seq);
      expect(own).toEqual([...own].sort((one, other) => one - other));
      expect(own).toHaveLength(10);
    }
  });

  it('holds what falls due meanwhile', async () => {
    receiver.answerWith(500);
    const { webhookId } = await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(9, 300) });
    const { eventId } = await app.post();
    await eventually(() => receiver.callbacks.length >= 1);
    await turn(webhookId, 'pause');
    const held = await eventually(async () => {
      const [delivery] = await app.deliveries(`?eventId=${eventId}`);
      const isDue = Date.parse(delivery?.nextAttemptAt ?? '') + 1_000 < Date.now();
      return isDue && delivery;
    });
    const tried = receiver.callbacks.length;
    expect(held).toMatchObject({ phase: 'held', heldBy: 'person', attempts: tried });
    receiver.answerWith(200);
    await turn(webhookId, 'resume');
    expect(await app.outcome(eventId)).toMatchObject({ status: 'success', attempts: tried + 1 });
  });

  it('lets a redelivery and one delivery sent now go out at once, and nothing else', async () => {
    const { webhookId } = await app.addWebhook(receiver.url);
    const { deliveryId } = await app.deliver();
    await turn(webhookId, 'pause');
    const [one, other] = [await app.post(), await app.post()];
    await app.call('POST', `/deliveries/${deliveryId}/redeliver`);
    await eventually(() => receiver.callbacks.length === 2);
    const [waiting] = await app.deliveries(`?eventId=${one.eventId}`);
    const sent = await app.call('POST', `/deliveries/${waiting?.deliveryId ?? ''}/send-now`);
    expect(sent).toMatchObject({
      status: 202,
      body: { data: { status: 'pending', phase: 'queued', heldBy: null } },
    });
    expect(await app.outcome(one.eventId)).toMatchObject({ status: 'success', attempts: 1 });
    expect(await app.deliveries(`?eventId=${other.eventId}`)).toMatchObject([{ phase: 'held', attempts: 0 }]);
  });

  it('is named by who paused it in the audit log and in its revisions', async () => {
    const { webhookId } = await app.addWebhook(receiver.url);
    await turn(webhookId, 'pause');
    await turn(webhookId, 'resume');
    const revisions = await app.client.data<{ by: string; changes: unknown[] }[]>(
      'GET',
      `${app.base}/webhooks/${webhookId}/revisions`,
    );
    expect(revisions.slice(0, 2)).toMatchObject([
      { by: 'admin@example.com', changes: [{ field: 'paused', before: true, after: false }] },
      { by: 'admin@example.com', changes: [{ field: 'paused', before: false, after: true }] },
    ]);
    const entries = await app.client.data<{ action: string }[]>('GET', `/audit-log?targetId=${webhookId}`);
    expect(entries.map(({ action }) => action)).toEqual([
      'webhook.resumed',
      'webhook.paused',
      'webhook.created',
    ]);
  });
});

describe('what waits for an hour', () => {
  it('goes out at once when a person sends it now', async () => {
    await withWaiting(2);
    const [later, sooner] = await app.deliveries();
    const answer = await app.call('POST', `/deliveries/${sooner?.deliveryId ?? ''}/send-now`);
    expect(answer.status).toBe(202);
    expect(await app.outcome(sooner?.eventId ?? '')).toMatchObject({ status: 'success', attempts: 2 });
    expect(await app.delivery(later?.deliveryId ?? '')).toMatchObject({
      status: 'pending',
      phase: 'retrying',
    });
    const again = await app.call('POST', `/deliveries/${sooner?.deliveryId ?? ''}/send-now`);
    expect(again).toMatchObject({ status: 409, body: { code: 'conflict' } });
  });

  it('goes out in its order, what stands before it first', async () => {
    await withWaiting(4, { ordering: 'conversation' });
    receiver.callbacks.length = 0;
    const third = (await app.deliveries('?order=asc'))[2];
    await app.call('POST', `/deliveries/${third?.deliveryId ?? ''}/send-now`);
    await eventually(async () => (await app.deliveries('?status=success')).length === 4);
    expect(seqs()).toEqual([0, 1, 2, 3]);
  });

  it('goes out as a whole, in order where that is kept, though the breaker is open', async () => {
    receiver.answerWith(500);
    const { webhookId } = await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(20, HOUR_MS) });
    for (let seq = 0; seq < 15; seq += 1) await app.post(messageSent({ seq }));
    await eventually(async () => (await app.webhook(webhookId)).health === 'paused');
    // An attempt under way would fail after the others were sent, and wait for an hour again.
    await eventually(async () => {
      const attempts = (await app.deliveries()).map((delivery) => delivery.attempts);
      return attempts.reduce((sum, one) => sum + one, 0) === receiver.callbacks.length;
    });
    receiver.answerWith(200);
    const answer = await app.call('POST', `/webhooks/${webhookId}/send-now`);
    expect(answer.status).toBe(202);
    await eventually(async () => (await app.webhook(webhookId)).stats.succeeded === 15);
    expect(await app.webhook(webhookId)).toMatchObject({ health: 'healthy' });
  });

  it('is not sent as a whole for a webhook that is paused or disabled', async () => {
    const { webhookId } = await withWaiting(1);
    for (const change of ['pause', 'disable'] as const) {
      await turn(webhookId, change);
      const answer = await app.call('POST', `/webhooks/${webhookId}/send-now`);
      expect(answer).toMatchObject({ status: 409, body: { code: 'conflict' } });
    }
    expect(await app.deliveries()).toMatchObject([{ status: 'pending', attempts: 1 }]);
  });

  it('follows a shorter policy as soon as it is set', async () => {
    const { webhookId } = await withWaiting(3);
    await app.changeWebhook(webhookId, { retryPolicy: fixedRetry(5, 200) });
    await eventually(async () => (await app.deliveries('?status=success')).length === 3);
    expect(await app.deliveries()).toMatchObject(Array.from({ length: 3 }, () => ({ attempts: 2 })));
  });

  it('is tried once more and then given up where the policy allows no more than it has had', async () => {
    const { webhookId } = await withWaiting(2);
    receiver.answerWith(500);
    await app.changeWebhook(webhookId, { retryPolicy: fixedRetry(1, 200) });
    await eventually(async () => (await app.deliveries('?status=failed')).length === 2);
    expect(await app.deliveries()).toMatchObject(
      Array.from({ length: 2 }, () => ({ attempts: 2, maxAttempts: 2 })),
    );
  });

  it('keeps to its time under a policy that would have it wait longer', async () => {
    const { webhookId } = await withWaiting(1);
    const [before] = await app.deliveries();
    await app.changeWebhook(webhookId, { retryPolicy: fixedRetry(7, 10 * HOUR_MS) });
    expect(await app.deliveries()).toMatchObject([
      { nextAttemptAt: before?.nextAttemptAt, attempts: 1, maxAttempts: 7 },
    ]);
  });
});

it('a webhook that is deleted has what waits canceled, and it says so', async () => {
  const { webhookId } = await withWaiting(2);
  await turn(webhookId, 'pause');
  await app.call('DELETE', `/webhooks/${webhookId}`);
  const canceled = { status: 'canceled', cancelReason: 'webhook_deleted' };
  expect(await app.deliveries()).toMatchObject([canceled, canceled]);
});
