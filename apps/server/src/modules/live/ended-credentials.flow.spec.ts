/** Ends streams when their credential ends in any process, long before their minute is over. */
import { randomBytes } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createApplication } from '../../start-process.js';
import { ApiClient } from '../../testing/api-client.js';
import { eventually } from '../../testing/app-under-test.js';
import { addApiToken, addApp } from '../../testing/apps.js';
import { EventSourceReader } from '../../testing/event-source.js';
import { addMember, addTenant } from '../../testing/tenants.js';
import { testEnv } from '../../testing/test-env.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

let service: TestService;
/** Where the streams are open; everything else happens in the other process. */
let other: NestFastifyApplication;
let readers: EventSourceReader[] = [];

beforeAll(async () => {
  const SECRETS_KEY = randomBytes(32).toString('base64');
  service = await startTestService({ SECRETS_KEY });
  const env = testEnv({
    DATABASE_URL: service.database.databaseUrl,
    REDIS_URL: service.redisUrl,
    SECRETS_KEY,
  });
  other = await createApplication('api', env);
  await other.listen(0, '127.0.0.1');
});
afterEach(() => {
  for (const reader of readers) reader.close();
  readers = [];
});
afterAll(async () => {
  await other.close();
  await service.stop();
});

async function watch(appKey: string, { headers }: ApiClient): Promise<EventSourceReader> {
  const reader = await EventSourceReader.open(`${await other.getUrl()}/api/v1/apps/${appKey}/live`, headers);
  readers.push(reader);
  await reader.next('counters');
  return reader;
}

interface Ended {
  appKey: string;
  reader: ApiClient;
  end: () => Promise<unknown>;
}

const cases: [string, () => Promise<Ended>][] = [
  [
    'the member logs out',
    async () => {
      const { appKey } = await addApp(service.admin);
      const reader = await addMember(service, 'support');
      return { appKey, reader, end: () => reader.call('POST', '/auth/logout') };
    },
  ],
  [
    'the member is deleted',
    async () => {
      const { appKey } = await addApp(service.admin);
      const reader = await addMember(service, 'support');
      const { userId } = await reader.data<{ userId: string }>('GET', '/auth/me');
      return { appKey, reader, end: () => service.admin.call('DELETE', `/members/${userId}`) };
    },
  ],
  [
    'the token is revoked',
    async () => {
      const { appKey } = await addApp(service.admin);
      const { tokenId, token } = await addApiToken(service.admin, ['deliveries:read']);
      const reader = service.anonymous.withToken(token);
      return { appKey, reader, end: () => service.admin.call('DELETE', `/api-tokens/${tokenId}`) };
    },
  ],
  [
    'the tenant is suspended',
    async () => {
      const { tenantId, admin: reader } = await addTenant(service, 'admin@suspended.example.com');
      const { appKey } = await addApp(reader);
      const body = { isSuspended: true };
      return { appKey, reader, end: () => service.admin.call('PATCH', `/tenants/${tenantId}`, { body }) };
    },
  ],
  [
    'the app is deleted',
    async () => {
      const { appKey } = await addApp(service.admin);
      const reader = await addMember(service, 'support');
      return { appKey, reader, end: () => service.admin.call('DELETE', `/apps/${appKey}`) };
    },
  ],
];

it.each(cases)('ends when %s', async (_, prepare) => {
  const { appKey, reader: client, end } = await prepare();
  const reader = await watch(appKey, client);
  expect(await end()).toMatchObject({ status: expect.toSatisfy((status) => status < 300) as number });
  // By itself it would end after a minute, which is longer than the test waits.
  await eventually(() => reader.hasEnded);
});

it('goes on for those who are still let in', async () => {
  const { appKey } = await addApp(service.admin);
  const leaving = await addMember(service, 'support');
  const staying = await addMember(service, 'support');
  const [ending, going] = [await watch(appKey, leaving), await watch(appKey, staying)];
  await leaving.call('POST', '/auth/logout');
  await eventually(() => ending.hasEnded);
  expect(going.hasEnded).toBe(false);
});
