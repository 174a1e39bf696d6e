import { setImmediate } from 'node:timers/promises';
import type { EventType, EventTypeVersion } from '@im/contracts/api/event-types';
import type { IngestedBatch } from '@im/contracts/api/events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ApiClient } from '../../testing/api-client.js';
import { addApiToken } from '../../testing/apps.js';
import type { AppUnderTest } from '../../testing/app-under-test.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { messageSent } from '../../testing/sample-events.js';
import { addTenant } from '../../testing/tenants.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

let service: TestService;
let admin: ApiClient;
let app: AppUnderTest;
let receiver: CallbackReceiver;
let name: string;
let tests = 0;

beforeAll(async () => {
  service = await startTestService();
  ({ admin } = service);
});

beforeEach(async () => {
  tests += 1;
  name = `order${tests}.paid`;
  app = await service.addApp();
  receiver = await CallbackReceiver.start(app.appSecret);
});

afterEach(async () => {
  await receiver.stop();
});

afterAll(async () => {
  await service.stop();
});

const schema = {
  type: 'object',
  properties: { orderId: { type: 'string', pattern: '^o-\\d+$' }, amount: { type: 'number', minimum: 0 } },
  required: ['orderId'],
};
const example = { orderId: 'o-1', amount: 9.5 };

function define(override: Record<string, unknown> = {}, client = admin): Promise<EventType> {
  const body = {
    name,
    description: { zh: '订单已支付', en: 'An order was paid' },
    schema,
    example,
    ...override,
  };
  return client.data('POST', '/event-types', { body });
}

function patch(body: Record<string, unknown>): Promise<EventType> {
  return admin.data('PATCH', `/event-types/${name}`, { body });
}

const paid = (data: Record<string, unknown> = example) => ({ event: name, data });

describe('an event type of the tenant', () => {
  it('is kept as it was defined, and listed among the built-in ones', async () => {
    const defined = await define();
    expect(defined).toMatchObject({
      name,
      origin: 'own',
      version: 1,
      schema,
      example,
      createdBy: 'admin@example.com',
      description: { zh: '订单已支付' },
    });
    expect(await admin.data('GET', `/event-types/${name}`)).toEqual(defined);
    const all = await admin.data<EventType[]>('GET', '/event-types?limit=200');
    const names = all.map((each) => each.name);
    expect(names).toEqual([...names].sort());
    expect(names).toEqual(expect.arrayContaining([name, 'message.sent', 'test.ping']));
    const own = await admin.data<EventType[]>('GET', '/event-types?origin=own&limit=200');
    expect(own.every(({ origin }) => origin === 'own')).toBe(true);
  });

  it('is accepted, delivered as it came, and found by name and family', async () => {
    await define();
    const wanted = await app.addWebhook(receiver.url, { events: [`${name.split('.')[0] ?? ''}.*`] });
    await app.addWebhook(receiver.url, { events: ['message.*'] });
    const data = { orderId: 'o-12345678901234567890', note: '多出来的字段也会投递' };
    const { eventId, deliveries } = await app.post(paid(data));
    expect(deliveries).toBe(1);
    expect(await app.outcome(eventId)).toMatchObject({ status: 'success', webhookId: wanted.webhookId });
    expect(receiver.callbacks[0]?.envelope).toMatchObject({ event: name, data });
  });

  it.each([
    [{}, '/data/orderId', 'required'],
    [{ orderId: 1 }, '/data/orderId', 'invalid_type'],
    [{ orderId: 'x' }, '/data/orderId', 'invalid_format'],
    [{ orderId: 'o-1', amount: -1 }, '/data/amount', 'too_small'],
  ])('refuses %j', async (data, pointer, code) => {
    await define();
    const answer = await app.call('POST', '/events', { body: paid(data) });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ code: 'invalid_input', errors: [{ pointer, code }] });
  });

  it('comes in batches with built-in ones; a bad one stops no other', async () => {
    await define();
    const events = [messageSent(), paid(), paid({}), { event: 'not.defined', data: {} }];
    const batch = await app.client.data<IngestedBatch>('POST', `${app.base}/events/batch`, {
      body: { events },
    });
    expect(batch.results.map(({ status }) => status)).toEqual([202, 202, 422, 422]);
    expect(batch.results[2]).toMatchObject({ error: { errors: [{ pointer: '/data/orderId' }] } });
    expect(batch.results[3]).toMatchObject({
      error: { errors: [{ pointer: '/event', code: 'unknown_event' }] },
    });
  });

  describe('whose schema makes checking take long', () => {
    const forms = [...Array.from({ length: 900 }, () => ({ type: 'string' })), { type: 'integer' }];
    const slow = { schema: { properties: { a: { items: { anyOf: forms } } } }, example: { a: [1] } };
    const tooLarge = { code: 'invalid_input', errors: [{ pointer: '/data', code: 'too_large' }] };
    const zeros = { a: Array.from({ length: 130_000 }, () => 0) };

    it('refuses what would take too long', async () => {
      await define(slow);
      expect((await app.call('POST', '/events', { body: paid({ a: [0, 1, 2] }) })).status).toBe(202);
      const answer = await app.call('POST', '/events', { body: paid(zeros) });
      expect(answer).toMatchObject({ status: 422, body: tooLarge });
    });

    it('answers others between the checks of a batch', async () => {
      await define(slow);
      const events = [messageSent(), ...Array.from({ length: 30 }, () => paid(zeros)), messageSent()];
      const batch = app.call('POST', '/events/batch', { body: { events } });
      let others = 0;
      const isDone = batch.then(() => true);
      do {
        expect((await admin.call('GET', '/event-types')).status).toBe(200);
        others += 1;
      } while (!(await Promise.race([isDone, setImmediate(false)])));
      const answer = await batch;
      const { results } = (answer.body as { data: IngestedBatch }).data;
      expect(results.map(({ status }) => status)).toEqual([202, ...Array<number>(30).fill(422), 202]);
      for (const result of results.slice(1, -1)) expect(result).toMatchObject({ error: tooLarge });
      expect(others).toBeGreaterThanOrEqual(events.length);
    });
  });

  it('is sent as a test with its example, or with data that fit', async () => {
    await define();
    const { webhookId } = await app.addWebhook(receiver.url);
    const test = (body: unknown) => app.call('POST', `/webhooks/${webhookId}/test`, { body });
    expect((await test({ event: name })).body).toMatchObject({ data: { status: 'success' } });
    expect(receiver.callbacks[0]?.envelope).toMatchObject({ event: name, data: example });
    expect((await test({ event: name, data: { orderId: 'o-2' } })).status).toBe(200);
    expect((await test({ event: name, data: {} })).body).toMatchObject({
      errors: [{ pointer: '/data/orderId', code: 'required' }],
    });
    expect((await test({ event: 'not.defined' })).body).toMatchObject({
      errors: [{ pointer: '/event', code: 'unknown_event' }],
    });
  });

  it('counts from the moment a change is answered, and keeps every version', async () => {
    expect((await app.call('POST', '/events', { body: paid() })).status).toBe(422);
    await define();
    await app.post(paid());
    const stricter = { ...schema, required: ['orderId', 'amount'] };
    expect(await patch({ schema: stricter })).toMatchObject({ version: 2, schema: stricter });
    expect((await app.call('POST', '/events', { body: paid({ orderId: 'o-1' }) })).status).toBe(422);
    expect(await patch({ schema: stricter, description: { en: 'Paid' } })).toMatchObject({
      version: 2,
      description: { zh: '订单已支付', en: 'Paid' },
    });
    expect(await patch({ schema })).toMatchObject({ version: 3 });
    await app.post(paid({ orderId: 'o-1' }));
    const versions = await admin.data<EventTypeVersion[]>('GET', `/event-types/${name}/versions`);
    expect(versions.map((each) => [each.version, each.schema])).toEqual([
      [3, schema],
      [2, stricter],
      [1, schema],
    ]);
    const { body } = await admin.call('GET', `/event-types/${name}/versions?limit=2`);
    expect(body).toMatchObject({ page: { nextCursor: '2' } });
    expect(await admin.data('GET', `/event-types/${name}/versions?cursor=2`)).toHaveLength(1);
  });

  it('of changes at the same moment gets a version each', async () => {
    await define();
    const schemas = Array.from({ length: 5 }, (_, index) => ({ ...schema, title: `Version ${index}` }));
    await Promise.all(schemas.map((each) => patch({ schema: each })));
    const versions = await admin.data<EventTypeVersion[]>('GET', `/event-types/${name}/versions`);
    expect(versions.map(({ version }) => version)).toEqual([6, 5, 4, 3, 2, 1]);
  });
});

describe('deleting an event type', () => {
  const remove = () => admin.call('DELETE', `/event-types/${name}`);

  it('is refused while a webhook names it, not for a family', async () => {
    await define();
    await app.addWebhook(receiver.url, { events: [`${name.split('.')[0] ?? ''}.*`] });
    const { webhookId } = await app.addWebhook(receiver.url, { events: [name], name: 'Shop' });
    const answer = await remove();
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('Shop (Chat)');
    await app.post(paid());
    await app.changeWebhook(webhookId, { events: ['message.sent'] });
    expect((await remove()).status).toBe(204);
  });

  it('ends what comes, not what was accepted; the name goes on counting when it comes back', async () => {
    await define();
    await app.addWebhook(receiver.url);
    const { eventId } = await app.post(paid());
    expect((await remove()).status).toBe(204);
    expect(await app.outcome(eventId)).toMatchObject({ status: 'success' });
    expect((await app.call('POST', '/events', { body: paid() })).body).toMatchObject({
      errors: [{ code: 'unknown_event' }],
    });
    expect((await admin.call('GET', `/event-types/${name}`)).status).toBe(404);
    expect((await remove()).status).toBe(404);
    expect(await admin.data('GET', `/event-types/${name}/versions`)).toHaveLength(1);
    expect(await define({ schema: { type: 'object' } })).toMatchObject({ version: 2 });
    await app.post(paid({ anything: true }));
  });
});

it('several changes at the same time all take effect', async () => {
  await define();
  const [zh, other] = ['已付款', { ...example, note: 'x' }];
  await Promise.all([
    patch({ description: { zh, en: 'Paid' } }),
    patch({ example: other }),
    patch({ schema: { ...schema, title: 'Paid' } }),
  ]);
  expect(await admin.data('GET', `/event-types/${name}`)).toMatchObject({
    version: 2,
    description: { zh, en: 'Paid' },
    example: other,
    schema: { title: 'Paid' },
  });
});

describe('what is refused:', () => {
  it.each<[string, Record<string, unknown>, number, string]>([
    ['a built-in name', { name: 'message.sent' }, 422, '/name'],
    ['a name with a blank', { name: 'order paid' }, 422, '/name'],
    ['a name of an IM server', { name: 'openim.afterSendSingleMsg' }, 422, '/name'],
    ['the name of test sends', { name: 'test.ping', overridesBuiltIn: true }, 422, '/name'],
    ['to override what is not built in', { overridesBuiltIn: true }, 422, '/overridesBuiltIn'],
    ['a family', { name: 'order.*' }, 422, '/name'],
    ['a schema that is none', { schema: { type: 'text' } }, 422, '/schema/type'],
    ['a remote reference', { schema: { $ref: 'http://127.0.0.1/' } }, 422, '/schema/$ref'],
    ['a pattern with lookahead', { schema: { pattern: '(?=a)' } }, 422, '/schema/pattern'],
    ['an example that does not fit', { example: { orderId: 1 } }, 422, '/example/orderId'],
    ['no example', { example: undefined }, 422, '/example'],
    ['a large schema', { schema: { description: 'x'.repeat(33_000) } }, 422, '/schema'],
    ['a large example', { example: { ...example, note: 'x'.repeat(17_000) } }, 422, '/example'],
    ['an unknown field', { colour: 'red' }, 422, '/colour'],
  ])('%s', async (_, override, status, pointer) => {
    const body = { name, schema, example, ...override };
    const answer = await admin.call('POST', '/event-types', { body });
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ errors: [{ pointer }] });
  });

  it('a name twice', async () => {
    await define();
    expect((await admin.call('POST', '/event-types', { body: { name, schema, example } })).status).toBe(409);
  });

  it('a schema that the example kept so far does not fit', async () => {
    await define();
    const body = { schema: { required: ['shop'] } };
    const answer = await admin.call('PATCH', `/event-types/${name}`, { body });
    expect(answer.body).toMatchObject({ errors: [{ pointer: '/example/shop', code: 'required' }] });
    expect(await admin.data('GET', `/event-types/${name}`)).toMatchObject({ version: 1, schema });
  });

  it.each([
    ['PATCH', { body: { example: {} } }],
    ['DELETE', {}],
  ] as const)('%s of a built-in one', async (method, call) => {
    const answer = await admin.call(method, '/event-types/message.sent', call);
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('built in');
  });

  it.each(['?cursor=*', '?origin=other', '?limit=0', '?colour=red'])('a list with %s', async (query) => {
    expect((await admin.call('GET', `/event-types${query}`)).status).toBe(422);
  });

  it('changes by a token that is bound to one app', async () => {
    const { token } = await addApiToken(admin, ['webhooks:read', 'webhooks:write'], { appKey: app.appKey });
    const bound = service.anonymous.withToken(token);
    await define();
    expect((await bound.call('GET', `/event-types/${name}`)).status).toBe(200);
    expect((await bound.call('DELETE', `/event-types/${name}`)).status).toBe(403);
    const body = { name: `${name}.twice`, schema, example };
    expect((await bound.call('POST', '/event-types', { body })).status).toBe(403);
  });
});

it.each(['%00', '%00/versions', 'Order.Paid', '%F0%9F%98%80'])(
  'nothing is at /event-types/%s',
  async (path) => {
    expect((await admin.call('GET', `/event-types/${path}`)).status).toBe(404);
    const name = path.split('/')[0] ?? '';
    expect((await admin.call('PATCH', `/event-types/${name}`, { body: { example: {} } })).status).toBe(404);
    expect((await admin.call('DELETE', `/event-types/${name}`)).status).toBe(404);
  },
);

describe('a built-in event type', () => {
  it('is shown with its schema, its example and both descriptions', async () => {
    const shown = await admin.data<EventType>('GET', '/event-types/message.sent');
    expect(shown).toMatchObject({ origin: 'built_in', version: null, schema: { type: 'object' } });
    expect(shown.schema.required).toContain('messageId');
    expect(shown.example).toHaveProperty('messageId');
    expect(await admin.data('GET', '/event-types/message.sent/versions')).toEqual([]);
  });
});

describe('another tenant', () => {
  it('neither sees it nor may send it, and may use the name for something else', async () => {
    await define();
    const other = await addTenant(
      { database: service.database, anonymous: service.anonymous },
      `${name}@example.com`,
    );
    expect((await other.admin.call('GET', `/event-types/${name}`)).status).toBe(404);
    expect((await other.admin.call('GET', `/event-types/${name}/versions?cursor=x`)).status).toBe(404);
    expect((await other.admin.call('PATCH', `/event-types/${name}`, { body: { example: {} } })).status).toBe(
      404,
    );
    expect((await other.admin.call('GET', '/event-types?limit=200')).text).not.toContain(name);
    await define({ schema: { required: ['shopId'] }, example: { shopId: 1 } }, other.admin);
    await app.post(paid());
    const { appKey } = await other.admin.data<{ appKey: string }>('POST', '/apps', {
      body: { name: 'Shop', packageName: 'com.example.shop' },
    });
    const submit = (data: unknown) =>
      other.admin.call('POST', `/apps/${appKey}/events`, { body: { event: name, data } });
    expect((await submit({ shopId: 1 })).status).toBe(202);
    expect((await submit(example)).body).toMatchObject({ errors: [{ pointer: '/data/shopId' }] });
  });
});
