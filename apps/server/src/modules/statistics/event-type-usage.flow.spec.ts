import type { EventTypeSubscribers, EventTypeUsage } from '@im/contracts/api/event-type-usage';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ApiClient } from '../../testing/api-client.js';
import { addApiToken, addApp } from '../../testing/apps.js';
import { AppUnderTest, eventually } from '../../testing/app-under-test.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { friendDeleted } from '../../testing/sample-events.js';
import { addTenant } from '../../testing/tenants.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

let service: TestService;
let admin: ApiClient;
let app: AppUnderTest;
let receiver: CallbackReceiver;
let tests = 0;

beforeAll(async () => {
  service = await startTestService();
});

beforeEach(async () => {
  // Of its own tenant, since the numbers are those of all its apps.
  tests += 1;
  ({ admin } = await addTenant(service, `admin${String(tests)}@usage.example`));
  app = new AppUnderTest(admin, await addApp(admin));
  receiver = await CallbackReceiver.start(app.appSecret);
});

afterEach(async () => {
  await receiver.stop();
});

afterAll(async () => {
  await service.stop();
});

const wants = (...events: string[]) => app.addWebhook(receiver.url, { events });
const ofAll = (): Promise<EventTypeUsage[]> => admin.data('GET', '/event-type-usage');
const ofOne = (name: string): Promise<EventTypeSubscribers> =>
  admin.data('GET', `/event-type-usage/${encodeURIComponent(name)}`);
const define = (name: string) =>
  admin.data('POST', '/event-types', {
    body: { name, description: { zh: '下单', en: 'Ordered' }, schema: { type: 'object' }, example: {} },
  });

async function subscribers(...names: string[]): Promise<number[]> {
  const all = await ofAll();
  return names.map((name) => all.find((each) => each.name === name)?.subscribers ?? -1);
}

describe('the usage of event types', () => {
  it('counts each webhook once that wants an event by its name, by a family of it, or as one of all', async () => {
    await define('orders/create');
    await wants('group.join.request.sent', 'group.*');
    await wants('group.join.*', 'orders/create');
    await wants();
    const { webhookId } = await wants('group.created', 'orders.*');
    expect(
      await subscribers('group.join.request.sent', 'group.created', 'orders/create', 'user.online'),
    ).toEqual([3, 3, 2, 1]);
    await admin.call('DELETE', `${app.base}/webhooks/${webhookId}`);
    expect(await subscribers('group.created')).toEqual([2]);
  });

  it('lists built-in ones and those of the tenant, with their descriptions, for the whole tenant only', async () => {
    await define('order.placed');
    await define('another.event');
    const all = await ofAll();
    expect(all.map(({ name }) => name)).toEqual(all.map(({ name }) => name).sort());
    expect(all.find(({ name }) => name === 'order.placed')).toEqual({
      name: 'order.placed',
      origin: 'own',
      overridesBuiltIn: false,
      description: { zh: '下单', en: 'Ordered' },
      subscribers: 0,
      deliveriesLastDay: 0,
    });
    expect(all.find(({ name }) => name === 'message.sent')).toMatchObject({ origin: 'built_in' });
    const { token } = await addApiToken(admin, ['webhooks:read'], { appKey: app.appKey });
    expect((await service.anonymous.withToken(token).call('GET', '/event-type-usage')).status).toBe(403);
  });

  it('counts the deliveries of the last 24 hours in all apps, those of deleted webhooks too', async () => {
    const { webhookId } = await wants('friend.*');
    await wants();
    await app.settled((await app.post(friendDeleted())).eventId);
    await app.settled((await app.post(friendDeleted())).eventId);
    await admin.call('DELETE', `${app.base}/webhooks/${webhookId}`);
    await eventually(async () => (await ofOne('friend.deleted')).deliveriesLastDay === 4);
    const before = new Date(Date.now() - 2 * 86_400_000);
    await service.database.query(`UPDATE count_deltas SET bucket_at = $1`, [before]);
    await service.database.query(`UPDATE delivery_counts SET bucket_at = bucket_at - interval '2 days'`);
    expect(await ofOne('friend.deleted')).toMatchObject({ subscribers: 1, deliveriesLastDay: 0 });
  });
});

describe('the subscribers of an event type', () => {
  it('are named with what they subscribe to, those that name the event first', async () => {
    await define('order.placed');
    const all = await wants();
    const family = await wants('order.*', 'user.*');
    const named = await wants('order.*', 'order.placed');
    await admin.call('POST', `${app.base}/webhooks/${family.webhookId}/disable`, { body: {} });
    const { webhooks, ...counts } = await ofOne('order.placed');
    expect(counts).toMatchObject({ name: 'order.placed', origin: 'own', subscribers: 3, naming: 1 });
    expect(webhooks.map(({ webhookId, pattern, enabled }) => [webhookId, pattern, enabled])).toEqual([
      [named.webhookId, 'order.placed', true],
      [all.webhookId, null, true],
      [family.webhookId, 'order.*', false],
    ]);
    expect(webhooks[0]).toMatchObject({ appKey: app.appKey, name: expect.any(String) as unknown });
  });

  it('are those of the tenant only, and of a type that it has', async () => {
    await wants('message.*');
    const other = await addTenant(service, `other${String(tests)}@usage.example`);
    const usage = await other.admin.data<EventTypeSubscribers>('GET', '/event-type-usage/message.sent');
    expect(usage).toMatchObject({ subscribers: 0, naming: 0, webhooks: [] });
    expect((await admin.call('GET', '/event-type-usage/order.unknown')).status).toBe(404);
  });
});
