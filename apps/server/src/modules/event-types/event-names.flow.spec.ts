/** Defines events with names as other systems write them, and overrides built-in events. */
import type { EventType } from '@im/contracts/api/event-types';
import type { Problem } from '@im/contracts/problem';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ApiClient } from '../../testing/api-client.js';
import type { AppUnderTest } from '../../testing/app-under-test.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { friendDeleted, messageSent } from '../../testing/sample-events.js';
import { addMember, addTenant } from '../../testing/tenants.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

let service: TestService;
let admin: ApiClient;
let app: AppUnderTest;
let receiver: CallbackReceiver;

beforeAll(async () => {
  service = await startTestService();
  ({ admin } = service);
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

const schema = { type: 'object', properties: { orderId: { type: 'string' } }, required: ['orderId'] };
const example = { orderId: 'o-1' };

function define(name: string, override: Record<string, unknown> = {}): Promise<EventType> {
  return admin.data('POST', '/event-types', { body: { name, schema, example, ...override } });
}

const pathOf = (name: string): string => `/event-types/${encodeURIComponent(name)}`;

describe.each(['C2C.CallbackAfterSendMsg', 'pull_request', 'orders/create', 'shop:Order-2.paid'])(
  'the event %s',
  (name) => {
    it('is defined, found by its name in a path, accepted, delivered, found in the log and deleted', async () => {
      expect(await define(name)).toMatchObject({ name, origin: 'own', overridesBuiltIn: false });
      expect(await admin.data('GET', pathOf(name))).toMatchObject({ name, example });
      expect(
        await admin.data('PATCH', pathOf(name), { body: { example: { orderId: 'o-2' } } }),
      ).toMatchObject({ example: { orderId: 'o-2' } });
      expect(await admin.data<unknown[]>('GET', `${pathOf(name)}/versions`)).toHaveLength(1);

      const webhook = await app.addWebhook(receiver.url, { events: [name] });
      await app.addWebhook('https://elsewhere.example', { events: ['message.sent'], enabled: false });
      const { eventId, deliveries } = await app.post({ event: name, data: example });
      expect(deliveries).toBe(1);
      expect(await app.outcome(eventId)).toMatchObject({ event: name, status: 'success' });
      expect(receiver.callbacks[0]).toMatchObject({ isSignatureValid: true, envelope: { event: name } });
      expect(receiver.callbacks[0]?.headers['x-app-event']).toBe(name);

      const query = new URLSearchParams({ event: name }).toString();
      expect(await app.deliveries(`?${query}`)).toHaveLength(1);
      expect(await app.deliveries(`?q=${encodeURIComponent(name.slice(1, 8))}`)).toHaveLength(1);
      expect((await app.call('GET', `/events?${query}`)).body).toMatchObject({ data: [{ eventId }] });
      expect((await app.call('GET', `/webhooks?${query}`)).body).toMatchObject({ page: { total: 1 } });
      expect((await app.call('GET', `/stats?${query}`)).body).toMatchObject({ data: { event: name } });
      const test = await app.call('POST', `/webhooks/${webhook.webhookId}/test`, { body: { event: name } });
      expect(test.body).toMatchObject({ data: { status: 'success' } });

      await app.changeWebhook(webhook.webhookId, { events: [] });
      expect((await admin.call('DELETE', pathOf(name))).status).toBe(204);
      expect((await admin.call('GET', pathOf(name))).status).toBe(404);
    });
  },
);

it('families split at dots only', async () => {
  await define('stock/moved.in');
  await define('stock.moved/out');
  await app.addWebhook(receiver.url, { events: ['stock/moved.*'] });
  expect(await app.post({ event: 'stock/moved.in', data: example })).toMatchObject({ deliveries: 1 });
  expect(await app.post({ event: 'stock.moved/out', data: example })).toMatchObject({ deliveries: 0 });
});

it.each(['openim.callbackAfterSendGroupMsgCommand', 'wukongim/notify', 'dootask', 'tencent-im:C2C'])(
  'the name %s is kept for an IM server, but may be subscribed to',
  async (name) => {
    const answer = await admin.call('POST', '/event-types', { body: { name, schema, example } });
    expect(answer.status).toBe(422);
    expect((answer.body as Problem).errors).toEqual([
      expect.objectContaining({ pointer: '/name', code: 'already_taken' }),
    ]);
    expect(await app.addWebhook(receiver.url, { events: [name, 'openim.*'] })).toMatchObject({
      events: [name, 'openim.*'],
    });
  },
);

describe('the name of a built-in event', () => {
  const name = 'friend.deleted';
  afterEach(async () => {
    await admin.call('DELETE', pathOf(name));
  });

  it('can be overridden only explicitly; the refusal explains what that means', async () => {
    const answer = await admin.call('POST', '/event-types', { body: { name, schema, example } });
    expect(answer.status).toBe(422);
    const [fault] = (answer.body as Problem).errors ?? [];
    expect(fault).toMatchObject({ pointer: '/name', code: 'already_taken' });
    expect(fault?.message).toContain('"overridesBuiltIn": true');
    expect(await admin.data('GET', pathOf(name))).toMatchObject({ origin: 'built_in' });
  });

  it('has the schema of the tenant in all of its apps from then on, and the built-in one again once it is deleted', async () => {
    await app.addWebhook(receiver.url, { events: [name] });
    expect(await define(name, { overridesBuiltIn: true })).toMatchObject({
      origin: 'own',
      overridesBuiltIn: true,
      version: 1,
    });
    expect(await admin.data('GET', pathOf(name))).toMatchObject({ origin: 'own', schema });
    const listed = await admin.data<EventType[]>('GET', '/event-types?limit=200');
    expect(listed.filter((each) => each.name === name)).toEqual([
      expect.objectContaining({ origin: 'own', overridesBuiltIn: true }),
    ]);

    const refused = await app.call('POST', '/events', { body: friendDeleted() });
    expect((refused.body as Problem).errors).toEqual([
      { pointer: '/data/orderId', code: 'required', message: 'is required' },
    ]);
    const { eventId } = await app.post({ event: name, data: example });
    expect(await app.outcome(eventId)).toMatchObject({ status: 'success' });
    expect(receiver.callbacks[0]?.envelope.data).toEqual(example);
    expect(await app.post(messageSent())).toMatchObject({ duplicate: false });

    // Webhooks that name it do not prevent this: they get the built-in event from then on.
    expect((await admin.call('DELETE', pathOf(name))).status).toBe(204);
    expect(await admin.data('GET', pathOf(name))).toMatchObject({ origin: 'built_in' });
    expect(await app.post(friendDeleted())).toMatchObject({ deliveries: 1 });
    expect((await admin.call('PATCH', pathOf(name), { body: {} })).status).toBe(403);
  });

  it('makes no field harmless any more: support sees of its events what it sees of unknown ones', async () => {
    const support = await addMember(service, 'support');
    await app.addWebhook(receiver.url, { events: [name] });
    await define(name, { overridesBuiltIn: true });
    const { eventId } = await app.post({
      event: name,
      data: { orderId: 'o-1', extra: 'words', ownerId: 'u1' },
    });
    const { deliveryId } = await app.outcome(eventId);
    await admin.call('DELETE', pathOf(name));
    const seen = { isContentMasked: true, payload: { orderId: '***', extra: '***', ownerId: 'u1' } };
    expect(await support.data('GET', `${app.base}/events/${eventId}`)).toMatchObject(seen);
    expect(await support.data('GET', `${app.base}/deliveries/${deliveryId}`)).toMatchObject(seen);
  });

  it('is another tenant’s as it was', async () => {
    await define(name, { overridesBuiltIn: true });
    const other = await addTenant(service, 'other-names@example.com');
    expect(await other.admin.data('GET', pathOf(name))).toMatchObject({ origin: 'built_in' });
  });
});

it('a schema that takes long to check is checked off the event loop, and fails with a reason when it takes too long', async () => {
  const choices = Array.from({ length: 500 }, (_, index) => ({ const: index }));
  const items = { type: 'array', items: { anyOf: choices } };
  await define('heavy.items', {
    schema: { type: 'object', properties: { items } },
    example: { items: [1] },
  });
  const event = (count: number) => ({
    event: 'heavy.items',
    data: { items: Array.from({ length: count }, (_, index) => index % 500) },
  });
  expect(await app.post(event(100))).toMatchObject({ duplicate: false });
  const wrong = event(100);
  wrong.data.items[3] = 777;
  expect(((await app.call('POST', '/events', { body: wrong })).body as Problem).errors).toEqual([
    expect.objectContaining({ pointer: '/data/items/3', code: 'invalid_value' }),
  ]);
  const tooMuch = await app.call('POST', '/events', { body: event(20_000) });
  expect((tooMuch.body as Problem).errors).toEqual([
    { pointer: '/data', code: 'too_large', message: 'takes too long to check against the schema' },
  ]);
});
