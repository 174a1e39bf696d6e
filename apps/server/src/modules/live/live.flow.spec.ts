import { liveAlertSchema, liveCountersSchema, liveDeliverySchema } from '@im/contracts/api/live';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { eventually, fixedRetry, type AppUnderTest } from '../../testing/app-under-test.js';
import { addApiToken } from '../../testing/apps.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { EventSourceReader } from '../../testing/event-source.js';
import { startTestService, type TestService } from '../../testing/test-service.js';
import { LookNowService } from './look-now.service.js';

let service: TestService;
let receiver: CallbackReceiver;
let app: AppUnderTest;
let authorization: string;
const readers: EventSourceReader[] = [];

beforeAll(async () => {
  service = await startTestService();
  receiver = await CallbackReceiver.start();
  const { token } = await addApiToken(service.admin, ['deliveries:read']);
  authorization = `Bearer ${token}`;
});
beforeEach(async () => {
  receiver.answerWith(200);
  app = await service.addApp();
});
afterEach(() => {
  for (const reader of readers.splice(0)) reader.close();
});
afterAll(async () => {
  await service.stop();
  await receiver.stop();
});

async function watch(of: AppUnderTest, headers: Record<string, string> = {}): Promise<EventSourceReader> {
  const url = `${service.url}/api/v1/apps/${of.appKey}/live`;
  const reader = await EventSourceReader.open(url, { authorization, ...headers });
  readers.push(reader);
  return reader;
}

/** Delivers until the reader gets one: from then on every process publishes. */
async function isHeard(reader: EventSourceReader): Promise<string> {
  for (;;) {
    const { deliveryId } = await app.deliver();
    if (reader.events.some(({ data }) => data.deliveryId === deliveryId)) return deliveryId;
  }
}

function deliveriesOf(reader: EventSourceReader): unknown[] {
  return reader.events.filter(({ event }) => event === 'delivery').map(({ data }) => data.deliveryId);
}

it('shows each attempt with what became of it', async () => {
  await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(2, 100) });
  const reader = await watch(app);
  expect(reader.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  await isHeard(reader);
  receiver.answerWith(500);
  const { eventId } = await app.post();
  const retry = await reader.next('delivery', { eventId, status: 'pending' });
  const failed = await reader.next('delivery', { eventId, status: 'failed' });
  expect(liveDeliverySchema.strict().parse(retry.data)).toMatchObject({
    attempts: 1,
    errorClass: 'server_error',
  });
  expect(Date.parse(String(retry.data.nextAttemptAt))).toBeGreaterThan(
    Date.parse(String(retry.data.createdAt)),
  );
  expect(failed.data).toMatchObject({ attempts: 2, responseStatus: 500, nextAttemptAt: null });
});

it('goes on after the last event seen, and misses nothing in between', async () => {
  await app.addWebhook(receiver.url);
  const first = await watch(app);
  const deliveryId = await isHeard(first);
  const { id } = await first.next('delivery', { deliveryId });
  first.close();
  const missed = [await app.deliver(), await app.deliver(), await app.deliver()];
  const second = await watch(app, { 'Last-Event-ID': id ?? '' });
  await second.next('delivery', { deliveryId: missed[2]?.deliveryId });
  expect(deliveriesOf(second)).toEqual(missed.map((delivery) => delivery.deliveryId));
});

it.each(['1-0', '0-0'])('says when what came after %s is no longer known', async (lastEventId) => {
  await app.addWebhook(receiver.url);
  const first = await watch(app);
  await isHeard(first);
  const reader = await watch(app, { 'Last-Event-ID': lastEventId });
  expect((await reader.next('reset')).data).toEqual({ reason: 'too_old' });
});

it('shows the counters at once and when they change', async () => {
  const { webhookId } = await app.addWebhook(receiver.url);
  const reader = await watch(app);
  const { data } = await reader.next('counters');
  expect(liveCountersSchema.strict().parse(data)).toMatchObject({ pending: 0, attempts: 0, failures: 0 });
  await app.call('POST', `/webhooks/${webhookId}/disable`);
  await app.call('POST', `/webhooks/${webhookId}/enable`);
  receiver.answerWith(500);
  await app.deliver();
  await reader.next('counters', { failures: 3 });
});

it('shows each step of an alert, and after a break those in between', async () => {
  await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(1) });
  const first = await watch(app);
  const deliveryId = await isHeard(first);
  const { id } = await first.next('delivery', { deliveryId });
  receiver.answerWith(500);
  await app.deliver();
  const { data } = await first.next('alert', { rule: 'delivery_exhausted', status: 'open' });
  expect(liveAlertSchema.strict().parse(data).appKey).toBe(app.appKey);
  first.close();
  await app.call('POST', `/alerts/${String(data.alertId)}/acknowledge`);
  const second = await watch(app, { 'Last-Event-ID': id ?? '' });
  await second.next('alert', { alertId: data.alertId, status: 'acknowledged' });
});

it('shows nothing of another app', async () => {
  const other = await service.addApp();
  await other.addWebhook(receiver.url);
  await app.addWebhook(receiver.url);
  const [mine, theirs] = [await watch(app), await watch(other)];
  await other.deliver();
  await isHeard(mine);
  expect(deliveriesOf(theirs).filter((id) => deliveriesOf(mine).includes(id))).toEqual([]);
});

it('is open only to those who may read deliveries', async () => {
  const anonymous = await fetch(`${service.url}/api/v1/apps/${app.appKey}/live`);
  expect(anonymous.status).toBe(401);
  const unknown = await fetch(`${service.url}/api/v1/apps/ak_unknown/live`, { headers: { authorization } });
  expect(unknown.status).toBe(404);
});

it('is open twenty times for an app at most; further readers get 429 with Retry-After', async () => {
  const all = await Promise.all(Array.from({ length: 20 }, () => watch(app)));
  expect(all.map(({ response }) => response.status)).toEqual(all.map(() => 200));
  const refused = await watch(app);
  expect(refused.response.status).toBe(429);
  expect(refused.response.headers.get('retry-after')).toBe('10');
  expect((await watch(await service.addApp())).response.status).toBe(200);
  all[0]?.close();
  await eventually(async () => {
    const reader = await watch(app);
    return reader.response.status === 200;
  });
});

it('asks the rows once for all who watch an app', async () => {
  const now = service.app.get(LookNowService);
  const looks = vi.spyOn(now, 'counters');
  const all = await Promise.all(Array.from({ length: 10 }, () => watch(app)));
  await app.addWebhook(receiver.url);
  await app.deliver();
  for (const reader of all) await reader.next('counters', { attempts: 1 });
  const looked = looks.mock.calls.length;
  looks.mockRestore();
  const shown = Math.max(
    ...all.map(({ events }) => events.filter(({ event }) => event === 'counters').length),
  );
  // Ten separate watchers would have read ten times.
  expect(looked).toBeLessThan(10 * shown);
});

it('ends its streams when the service stops', async () => {
  const own = await startTestService();
  const { token } = await addApiToken(own.admin, ['deliveries:read']);
  const its = await own.addApp();
  const url = `${own.url}/api/v1/apps/${its.appKey}/live`;
  const reader = await EventSourceReader.open(url, { authorization: `Bearer ${token}` });
  await reader.next('counters');
  await own.stop();
  await expect.poll(() => reader.hasEnded).toBe(true);
});
