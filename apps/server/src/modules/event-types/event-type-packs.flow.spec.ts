import type { AuditEntry } from '@im/contracts/api/audit';
import type { EventType } from '@im/contracts/api/event-types';
import type { EventTypePack, InstalledPack } from '@im/contracts/api/event-type-packs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ApiClient } from '../../testing/api-client.js';
import { AppUnderTest } from '../../testing/app-under-test.js';
import { addApp } from '../../testing/apps.js';
import { addTenant } from '../../testing/tenants.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

const INSTALL = '/event-type-packs/trae/install';

let service: TestService;
let tenants = 0;

beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

async function newTenant(): Promise<ApiClient> {
  tenants += 1;
  return (await addTenant(service, `packs-${tenants}@example.com`)).admin;
}

async function packOf(admin: ApiClient): Promise<EventTypePack> {
  const [pack] = await admin.data<EventTypePack[]>('GET', '/event-type-packs');
  if (!pack) throw new Error('There are no packs');
  return pack;
}

it('a pack adds its event types at once, each of which accepts any object', async () => {
  const admin = await newTenant();
  const app = new AppUnderTest(admin, await addApp(admin));
  const before = await packOf(admin);
  expect([before.events.length, before.present]).toEqual([19, []]);
  const installed = await admin.data<InstalledPack>('POST', INSTALL);
  expect(installed).toEqual({ name: 'trae', added: before.events, kept: [] });
  expect((await packOf(admin)).present).toEqual(before.events);
  for (const event of before.events) {
    expect((await app.call('POST', '/events', { body: { event, data: {} } })).status).toBe(202);
    const { example } = await admin.data<EventType>('GET', `/event-types/${event}`);
    expect((await app.call('POST', '/events', { body: { event, data: example } })).status).toBe(202);
  }
  expect(await admin.data('GET', '/event-types/user.registered')).toMatchObject({
    origin: 'own',
    overridesBuiltIn: true,
  });
});

it('installed again it adds only what is missing, and changes nothing of the tenant’s own', async () => {
  const admin = await newTenant();
  const own = {
    name: 'build.failed',
    schema: { type: 'object', required: ['reason'] },
    example: { reason: 'x' },
  };
  await admin.data('POST', '/event-types', { body: own });
  expect((await admin.data<InstalledPack>('POST', INSTALL)).kept).toEqual(['build.failed']);
  expect((await admin.data<EventType>('GET', '/event-types/build.failed')).schema).toEqual(own.schema);
  await admin.call('DELETE', '/event-types/file.updated');
  expect((await admin.data<InstalledPack>('POST', INSTALL)).added).toEqual(['file.updated']);
  expect((await admin.data<InstalledPack>('POST', INSTALL)).added).toEqual([]);
  const { data } = (await admin.call('GET', '/audit-log?action=event_type_pack.installed')).body as {
    data: AuditEntry[];
  };
  expect(data.map(({ targetId, detail }) => [targetId, (detail.added as string[]).length])).toEqual([
    ['trae', 1],
    ['trae', 18],
  ]);
});

it('installed twice at the same time it is there once', async () => {
  const admin = await newTenant();
  const both = await Promise.all([
    admin.data<InstalledPack>('POST', INSTALL),
    admin.data<InstalledPack>('POST', INSTALL),
  ]);
  const added = both.flatMap((each) => each.added);
  expect(added.sort()).toEqual((await packOf(admin)).events.sort());
});

it('there is no other pack', async () => {
  expect((await (await newTenant()).call('POST', '/event-type-packs/none/install')).status).toBe(404);
});
