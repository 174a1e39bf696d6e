import { randomUUID } from 'node:crypto';
import type { TracedEvent, TracedWebhook, TracePage } from '@im/contracts/api/trace';
import { v7 as uuidV7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addApiToken } from '../../testing/apps.js';
import { eventually, fixedRetry, type AppUnderTest } from '../../testing/app-under-test.js';
import { CallbackReceiver, signedHeaders } from '../../testing/callback-receiver.js';
import { friendDeleted, messageSent } from '../../testing/sample-events.js';
import { addTenant } from '../../testing/tenants.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

let service: TestService;
let app: AppUnderTest;
let receiver: CallbackReceiver;

beforeAll(async () => {
  service = await startTestService();
  receiver = await CallbackReceiver.start();
});

beforeEach(async () => {
  receiver.answerWith(200);
  app = await service.addApp();
});

afterAll(async () => {
  await receiver.stop();
  await service.stop();
});

async function trace(query: Record<string, string | number>): Promise<TracePage> {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) search.set(key, String(value));
  const answer = await app.call('GET', `/trace?${search.toString()}`);
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.body as TracePage;
}

async function only(query: Record<string, string>): Promise<TracedEvent> {
  const { data } = await trace(query);
  expect(data).toHaveLength(1);
  return data[0] as TracedEvent;
}

function of(event: TracedEvent, { webhookId }: { webhookId: string }): TracedWebhook {
  const found = event.webhooks.find((webhook) => webhook.webhookId === webhookId);
  if (!found) throw new Error('The trace leaves the webhook out');
  return found;
}

describe('the trace of an event', () => {
  it('explains the outcome for each webhook, by the settings of that time', async () => {
    const took = await app.addWebhook(receiver.url);
    const filtered = await app.addWebhook(receiver.url, { events: ['message.revoked'] });
    const disabled = await app.addWebhook(receiver.url, { enabled: false });
    const deleted = await app.addWebhook(receiver.url);
    await app.call('DELETE', `/webhooks/${deleted.webhookId}`);
    const { eventId } = await app.post();
    await app.settled(eventId);
    const later = await app.addWebhook(receiver.url);
    // What was decided then stays, even after the settings change.
    await app.changeWebhook(filtered.webhookId, { events: [] });
    await app.call('POST', `/webhooks/${disabled.webhookId}/enable`);

    const event = await only({ eventId });
    expect(of(event, took)).toMatchObject({ outcome: 'delivered', decidedBy: null, next: null });
    expect(of(event, took).deliveries).toMatchObject([
      { status: 'success', attemptLog: [{ attempt: 1, responseStatus: 200, diagnosis: null }] },
    ]);
    expect(of(event, filtered)).toMatchObject({
      outcome: 'filtered',
      deliveries: [],
      decidedBy: { field: 'events', value: ['message.revoked'], revision: 1, by: 'admin@example.com' },
    });
    expect(of(event, filtered).answer.en).toContain('filter at that time was message.revoked');
    expect(of(event, disabled)).toMatchObject({
      outcome: 'disabled',
      decidedBy: { field: 'enabled', value: false },
      deliveries: [{ status: 'skipped', attemptLog: [] }],
    });
    expect(of(event, deleted)).toMatchObject({ outcome: 'deleted' });
    expect(of(event, later)).toMatchObject({ outcome: 'not_yet_created', decidedBy: null });
  });

  it('shows of a failure each attempt with cause and advice, and what comes next', async () => {
    receiver.answerWith(405, { allow: 'GET' }, 'the words of Anna');
    const webhook = await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(3, 3_600_000) });
    const { eventId } = await app.post();
    await eventually(async () => (await app.webhook(webhook.webhookId)).consecutiveFailures === 1);

    const traced = of(await only({ eventId }), webhook);
    expect(traced).toMatchObject({ outcome: 'waiting', next: { what: 'attempt' } });
    expect(traced.deliveries[0]?.attemptLog).toMatchObject([
      { errorClass: 'not_found', responseStatus: 405 },
    ]);
    expect(traced.answer.zh).toContain('POST /callback');
    expect(traced.deliveries[0]?.attemptLog[0]?.diagnosis?.advice.en).toContain('takes GET only');
    expect(JSON.stringify(traced)).not.toContain('Anna');
  });

  it('names the delivery of the same conversation that has to be over first', async () => {
    receiver.answerWith(500);
    const retryPolicy = fixedRetry(3, 3_600_000);
    const webhook = await app.addWebhook(receiver.url, { ordering: 'conversation', retryPolicy });
    const first = await app.post();
    await eventually(async () => (await app.webhook(webhook.webhookId)).consecutiveFailures === 1);
    const second = await app.post();
    const [ahead] = await app.deliveries(`?eventId=${first.eventId}`);
    expect(of(await only({ eventId: second.eventId }), webhook)).toMatchObject({
      outcome: 'waiting',
      next: { what: 'turn', behindDeliveryId: ahead?.deliveryId },
    });
  });

  it('says that the breaker is open, and when the next probe goes out', async () => {
    receiver.answerWith(500);
    const webhook = await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(20, 3_600_000) });
    const events = [];
    for (let count = 0; count < 12; count += 1) events.push(await app.post());
    await eventually(async () => (await app.webhook(webhook.webhookId)).health === 'paused');
    const traced = of(await only({ eventId: events[0]?.eventId ?? '' }), webhook);
    expect(traced).toMatchObject({ outcome: 'paused', next: { what: 'probe' } });
    expect(Date.parse(traced.next?.at ?? '')).toBeGreaterThan(Date.now());
  });

  it('of a test send concerns the tested webhook alone', async () => {
    const webhook = await app.addWebhook(receiver.url);
    await app.addWebhook(receiver.url);
    const { deliveryId } = await app.client.data<{ deliveryId: string }>(
      'POST',
      `${app.base}/webhooks/${webhook.webhookId}/test`,
    );
    const event = await only({ deliveryId });
    expect(event.receivedFrom).toEqual({ kind: 'test', name: null });
    expect(event.webhooks.map(({ webhookId }) => webhookId)).toEqual([webhook.webhookId]);
  });
});

describe('an event is found', () => {
  it('by each id it has', async () => {
    const webhook = await app.addWebhook(receiver.url);
    const sent = messageSent({ conversationId: 'c-1', senderId: 'anna', receiverId: 'ben' });
    const { eventId } = await app.post(sent);
    const [delivery] = await app.settled(eventId);
    const keys = {
      eventId,
      deliveryId: delivery?.deliveryId ?? '',
      callbackId: delivery?.callbackId.toUpperCase() ?? '',
      messageId: String(sent.data.messageId),
      conversationId: 'c-1',
      userId: 'ben',
    };
    for (const [key, id] of Object.entries(keys)) {
      const event = await only({ [key]: id });
      expect([key, event.eventId]).toEqual([key, eventId]);
      expect(of(event, webhook).outcome).toBe('delivered');
    }
  });

  it('with others of its conversation, newest first, page by page', async () => {
    const ids = [];
    for (let count = 0; count < 5; count += 1) {
      ids.unshift((await app.post(messageSent({ conversationId: 'c-2' }))).eventId);
    }
    const first = await trace({ conversationId: 'c-2', limit: 2 });
    const second = await trace({ conversationId: 'c-2', limit: 2, cursor: first.page.nextCursor ?? '' });
    const third = await trace({ conversationId: 'c-2', limit: 2, cursor: second.page.nextCursor ?? '' });
    const found = [first, second, third].flatMap(({ data }) => data.map(({ eventId }) => eventId));
    expect(found).toEqual(ids);
    expect(third.page.nextCursor).toBeNull();
  });

  it('with who sent it', async () => {
    const byPerson = await app.post();
    const { token } = await addApiToken(service.admin, ['events:write'], { name: 'nightly job' });
    const sent = messageSent();
    const byToken = await service.anonymous
      .withToken(token)
      .data<{ eventId: string }>('POST', `${app.base}/events`, { body: sent });
    const text = JSON.stringify(messageSent());
    const headers = signedHeaders(app.appKey, app.appSecret, text, randomUUID().replaceAll('-', ''));
    const byApp = await service.anonymous.data<{ eventId: string }>('POST', `${app.base}/events`, {
      body: text,
      headers,
    });
    const from = async (eventId: string) => (await only({ eventId })).receivedFrom;
    expect(await from(byPerson.eventId)).toEqual({ kind: 'session', name: 'admin@example.com' });
    expect(await from(byToken.eventId)).toEqual({ kind: 'api_token', name: 'nightly job' });
    expect(await from(byApp.eventId)).toEqual({ kind: 'app_signature', name: app.appKey });
  });

  it('with the repetitions of its message', async () => {
    const sent = messageSent();
    const [first, second] = [await app.post(sent), await app.post(sent)];
    await app.post({ ...sent, event: 'message.revoked' });
    const event = await only({ eventId: first.eventId });
    expect(event.repetitions.map(({ eventId }) => eventId)).toEqual([second.eventId]);
  });

  it('by its delivery, even when the event itself is no longer kept', async () => {
    await app.addWebhook(receiver.url);
    const { eventId } = await app.post(friendDeleted());
    const [delivery] = await app.settled(eventId);
    await service.database.query('DELETE FROM events WHERE event_id = $1', [eventId]);
    const event = await only({ deliveryId: delivery?.deliveryId ?? '' });
    expect(event).toMatchObject({ eventId, event: 'friend.deleted', isEventKept: false });
    expect(event.webhooks).toMatchObject([{ outcome: 'delivered' }]);
  });
});

describe('an unknown id', () => {
  it.each([
    ['a message', { messageId: 'm-unknown' }, 'unknown'],
    ['a fresh id of ours', { eventId: uuidV7() }, 'never_received'],
    ['an id of long ago', { deliveryId: uuidV7({ msecs: Date.parse('2024-01-01') }) }, 'expired'],
    ['a UUID of another tenant', { callbackId: '9b2f6c1e-51c4-4a6e-8a53-6d3f5b0d2c11' }, 'unknown'],
  ])('%s is answered with a reason', async (_what, query, code) => {
    const page = await trace(query);
    expect(page).toMatchObject({ data: [], page: { nextCursor: null }, reason: { code } });
  });

  it('an event of another app is', async () => {
    const { eventId } = await app.post();
    app = await service.addApp();
    expect(await trace({ eventId })).toMatchObject({ data: [], reason: { code: 'never_received' } });
  });

  it('another tenant’s app is not there', async () => {
    const { admin } = await addTenant(service, `${randomUUID()}@example.com`);
    const answer = await admin.call('GET', `${app.base}/trace?messageId=m`);
    expect(answer.status).toBe(404);
  });

  it.each([
    ['no id', '', '?messageId'],
    ['two ids', 'messageId=m&userId=u', '?userId'],
    ['an id of ours that is none', 'eventId=12', '?eventId'],
    ['an unknown parameter', 'messageId=m&foo=1', '?foo'],
    ['a cursor of something else', 'messageId=m&cursor=zz', '?cursor'],
    ['too many', 'messageId=m&limit=21', '?limit'],
    ['an empty id', 'messageId=', '?messageId'],
  ])('%s is refused', async (_what, query, pointer) => {
    const answer = await app.call('GET', `/trace?${query}`);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer }] });
  });
});
