/** Tests paths that name things by the ids that the caller's own system has for them. */
import type { EventType } from '@im/contracts/api/event-types';
import type { Source } from '@im/contracts/api/sources';
import type { Webhook } from '@im/contracts/api/webhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiClient } from '../../testing/api-client.js';
import { addApp } from '../../testing/apps.js';
import { addTenant } from '../../testing/tenants.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

const URL = 'http://127.0.0.1:9/';

let service: TestService;
let admin: ApiClient;
let appKey: string;

beforeAll(async () => {
  service = await startTestService();
  admin = service.admin;
  ({ appKey } = await addApp(admin, { externalId: 'shop-1' }));
});
afterAll(() => service.stop());

interface Thing {
  list: string;
  body: (externalId: string | null) => Record<string, unknown>;
  idOf: (thing: Webhook & Source & EventType) => string;
}

const THINGS: Record<string, Thing> = {
  webhook: {
    list: '/apps/ext:shop-1/webhooks',
    body: (externalId) => ({ url: URL, externalId }),
    idOf: ({ webhookId }) => webhookId,
  },
  source: {
    list: '/apps/ext:shop-1/sources',
    body: (externalId) => ({ kind: 'openim', name: 'IM', settings: {}, externalId }),
    idOf: ({ sourceId }) => sourceId,
  },
  'event type': {
    list: '/event-types',
    body: (externalId) => ({
      name: `shop.made_${String(Math.random()).slice(2)}`,
      schema: {},
      example: {},
      externalId,
    }),
    idOf: ({ name }) => name,
  },
};

describe.each(Object.entries(THINGS))('the external id of a %s', (_, { list, body, idOf }) => {
  const add = (externalId: string | null) =>
    admin.data<Webhook & Source & EventType>('POST', list, { body: body(externalId) });

  it('is used in place of its id, to read, change and delete', async () => {
    const added = await add('one:1.a_b');
    const path = `${list}/ext:one:1.a_b`;
    expect(added.externalId).toBe('one:1.a_b');
    expect(idOf(await admin.data('GET', path))).toBe(idOf(added));
    const renamed = await admin.data('PATCH', path, { body: { externalId: 'two' } });
    expect(renamed).toMatchObject({ externalId: 'two' });
    expect((await admin.call('GET', path)).status).toBe(404);
    expect((await admin.call('DELETE', `${list}/ext:two`)).status).toBe(204);
    expect((await admin.call('GET', `${list}/ext:two`)).status).toBe(404);
    // A deleted one keeps no other from having it.
    expect((await add('two')).externalId).toBe('two');
    await admin.call('DELETE', `${list}/ext:two`);
  });

  it('is one thing’s alone, until that gives it up', async () => {
    const first = await add('taken');
    const second = await add(null);
    const create = await admin.call('POST', list, { body: body('taken') });
    const change = () => admin.call('PATCH', `${list}/${idOf(second)}`, { body: { externalId: 'taken' } });
    for (const answer of [create, await change()]) {
      expect(answer).toMatchObject({ status: 409, body: { code: 'external_id_taken' } });
    }
    await admin.data('PATCH', `${list}/${idOf(first)}`, { body: { externalId: null } });
    expect((await change()).status).toBe(200);
  });

  it.each(['a b', 'a/b', 'ü', 'x'.repeat(101)])('may not be %j', async (externalId) => {
    const answer = await admin.call('POST', list, { body: body(externalId) });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/externalId' }] } });
  });

  it.each(['ext:', 'ext:unknown', 'ext:a%20b', `ext:${'x'.repeat(101)}`])(
    'finds nothing by %s',
    async (id) => {
      expect((await admin.call('GET', `${list}/${id}`)).status).toBe(404);
    },
  );
});

describe('an external id', () => {
  it('works on every route below its thing', async () => {
    const webhook = await admin.data<Webhook>('POST', '/apps/ext:shop-1/webhooks', {
      body: { url: URL, externalId: 'orders', enabled: false },
    });
    const path = '/apps/ext:shop-1/webhooks/ext:orders';
    for (const part of ['/stats', '/deliveries', '/revisions', '/recoveries']) {
      expect((await admin.call('GET', path + part)).status).toBe(200);
    }
    expect(await admin.data('POST', `${path}/enable`)).toMatchObject({ webhookId: webhook.webhookId });
    const [entry] = await admin.data<object[]>('GET', '/audit-log?limit=1');
    expect(entry).toMatchObject({ action: 'webhook.updated', appKey, targetId: webhook.webhookId });
  });

  it('of a webhook is a setting with revisions', async () => {
    const path = '/apps/ext:shop-1/webhooks';
    await admin.data('POST', path, { body: { url: URL, externalId: 'revised' } });
    await admin.data('PATCH', `${path}/ext:revised`, { body: { externalId: 'revised-2' } });
    const [revision] = await admin.data<object[]>('GET', `${path}/ext:revised-2/revisions`);
    expect(revision).toMatchObject({
      changes: [{ field: 'externalId', before: 'revised', after: 'revised-2' }],
      settings: { externalId: 'revised-2' },
    });
  });

  it('names nothing of other apps or tenants, which may have the same', async () => {
    const body = { url: URL, externalId: 'same' };
    await admin.data('POST', '/apps/ext:shop-1/webhooks', { body });
    const { appKey: other } = await addApp(admin);
    expect((await admin.call('GET', `/apps/${other}/webhooks/ext:same`)).status).toBe(404);
    expect((await admin.call('POST', `/apps/${other}/webhooks`, { body })).status).toBe(201);
    const elsewhere = await addTenant(service, 'ext@elsewhere.example.com');
    expect((await elsewhere.admin.call('GET', '/apps/ext:shop-1')).status).toBe(404);
    await addApp(elsewhere.admin, { externalId: 'shop-1' });
    expect((await elsewhere.admin.call('GET', '/apps/ext:shop-1/webhooks/ext:same')).status).toBe(404);
  });

  it('of an event type also names it where its usage is', async () => {
    const body = { name: 'shop.counted', externalId: 'counted', schema: {}, example: {} };
    await admin.data('POST', '/event-types', { body });
    expect(await admin.data('GET', '/event-type-usage/ext:counted')).toMatchObject({ name: body.name });
  });

  it('does not hide an event type whose name looks like one', async () => {
    const body = { name: 'ext:named', schema: {}, example: {} };
    await admin.data('POST', '/event-types', { body });
    expect(await admin.data('GET', '/event-types/ext:named')).toMatchObject({ name: 'ext:named' });
  });
});
