/**
 * Tokens of sources, of bots and of users are read nowhere but in the answers that are there to show them. Needs
 * `pnpm build:code`.
 */
import { randomBytes } from 'node:crypto';
import { ALL_ROUTES } from '@im/contracts/routes/all-routes';
import { API_BASE, pathParametersOf, type RouteContract } from '@im/contracts/routes/route';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addOneOfEverything } from '../../testing/access-fixture.js';
import type { ApiClient } from '../../testing/api-client.js';
import { eventually, fixedRetry, type AppUnderTest } from '../../testing/app-under-test.js';
import { startEchoServer, type EchoServer } from '../../testing/echo-server.js';
import { EventSourceReader } from '../../testing/event-source.js';
import {
  playEverything,
  plugInSources,
  secretsOf,
  WRITTEN,
  type PluggedSource,
} from '../../testing/play-sources.js';
import { remoteClient } from '../../testing/remote-client.js';
import { SecretSearch, type Found } from '../../testing/secret-search.js';
import { startServerProcess, type ServerProcess } from '../../testing/server-process.js';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.js';
import { leaseTestRedis, type TestRedis } from '../../testing/test-redis.js';
import { ADMIN_LOGIN } from '../../testing/test-service.js';

let database: TestDatabase;
let redis: TestRedis;
let echo: EchoServer;
let server: ServerProcess;
let admin: ApiClient;
let app: AppUnderTest;
let sources: PluggedSource[];
let live: EventSourceReader;
let search: SecretSearch;
/** Of everything that the paths of routes can name. */
let ids: Record<string, string[]>;

beforeAll(async () => {
  [database, redis, echo] = await Promise.all([
    createTestDatabase(),
    leaseTestRedis(),
    startEchoServer((path) => (path.startsWith('/works') ? 200 : 500)),
  ]);
  server = await startServerProcess('all', {
    DATABASE_URL: database.databaseUrl,
    REDIS_URL: redis.redisUrl,
    SECRETS_KEY: randomBytes(32).toString('base64'),
    ADMIN_EMAIL: ADMIN_LOGIN[0],
    ADMIN_PASSWORD: ADMIN_LOGIN[1],
    WEBHOOK_ALLOWED_CIDRS: '127.0.0.0/8',
    LOG_LEVEL: 'debug',
  });
  admin = await remoteClient(server.url).logIn(...ADMIN_LOGIN);
  const things = await addOneOfEverything({ admin });
  app = things.app;
  sources = await plugInSources(app, `${echo.url}/bot`);
  search = new SecretSearch(secretsOf(sources));
  const before = { events: ['message.sent', 'group.joined', 'friend.added'] };
  const { webhookId: works } = await app.addWebhook(`${echo.url}/works`, { before });
  await app.addWebhook(`${echo.url}/works`, { format: 'raw' });
  const { webhookId: fails } = await app.addWebhook(`${echo.url}/fails`, {
    format: 'raw',
    retryPolicy: fixedRetry(2, 100),
  });
  await app.addWebhook(`${echo.url}/fails`, { events: ['bot.message'], retryPolicy: fixedRetry(1) });
  await admin.data('POST', '/notification-channels', {
    body: { kind: 'webhook', name: 'Ops', url: `${echo.url}/works/ops`, secret: 'signs what is sent' },
  });
  live = await EventSourceReader.open(`${server.url}${API_BASE}${app.base}/live`, admin.headers);
  await playEverything(server.url, sources);
  await sendAsBot();
  const waitingOnes = `${app.base}/webhooks/${works}/deliveries?status=pending`;
  await eventually(async () => (await admin.data<unknown[]>('GET', waitingOnes)).length === 0);
  await app.alert('consecutive_failures', { webhookId: fails });
  ids = await idsOf(things.ids);
});

afterAll(async () => {
  live.close();
  await server.stop('SIGTERM');
  await echo.stop();
  await Promise.all([database.drop(), redis.release()]);
});

/** DooTask answers with the token that it was sent. */
async function sendAsBot(): Promise<void> {
  const { sourceId } = sources.find(({ kind }) => kind === 'dootask')!;
  await app.client.data('POST', `${app.base}/sources/${sourceId}/messages`, {
    body: { dialogId: '12', text: 'done' },
  });
  await eventually(async () => {
    const [row] = await database.query('SELECT FROM source_messages WHERE error IS NOT NULL');
    return row !== undefined;
  });
}

async function idsOf(named: Record<string, string>): Promise<Record<string, string[]>> {
  const all = async (column: string, table: string) => {
    const rows = await database.query<{ id: string }>(`SELECT ${column}::text AS id FROM ${table}`);
    return rows.map(({ id }) => id);
  };
  return {
    ...Object.fromEntries(Object.entries(named).map(([name, id]) => [name, [id]])),
    sourceId: await all('source_id', 'sources'),
    eventId: await all('event_id', 'events'),
    deliveryId: await all('delivery_id', 'deliveries'),
    alertId: await all('alert_id', 'alerts'),
    tenantId: await all('tenant_id', 'tenants'),
    channelId: await all('channel_id', 'notification_channels'),
    webhookId: await all('webhook_id', 'webhook_configs'),
  };
}

/** Answers that show a token of a source on purpose, and those that a log-in elsewhere or a stream is. */
function isSearched(route: RouteContract): boolean {
  const { method, operationId, answer, audit } = route;
  if (audit === 'source.token_revealed' || operationId.endsWith('OidcLogin')) return false;
  const isStream = 'mediaTypes' in answer && answer.mediaTypes.includes('text/event-stream');
  return (method === 'GET' && !isStream) || ['revealEvent', 'revealDelivery'].includes(operationId);
}

/** The addresses of a route, one for each thing it can be asked about. */
function addressesOf(route: RouteContract): string[] {
  const base = route.isOutsideOfApi ? route.path : API_BASE + route.path;
  const paths = pathParametersOf(route.path).reduce<string[]>(
    (filled, name) =>
      filled.flatMap((path) =>
        (ids[name] ?? []).map((id) => path.replace(`{${name}}`, encodeURIComponent(id))),
      ),
    [base],
  );
  const shape = route.query?.shape ?? {};
  const queries = 'format' in shape ? ['?format=csv', '?format=ndjson'] : [''];
  return paths.flatMap((path) => queries.map((query) => path + query));
}

async function read(method: string, address: string): Promise<string> {
  const answer = await fetch(server.url + address, { method, headers: admin.headers });
  return `${JSON.stringify([...answer.headers])} ${await answer.text()}`;
}

const routes = ALL_ROUTES.filter(isSearched).map((route) => [route.operationId, route] as const);

it.each(routes)('not in what %s answers', async (operationId, route) => {
  const found: Found = [];
  const addresses = addressesOf(route);
  for (const address of addresses) {
    found.push(...search.in(operationId, await read(route.method, address)));
  }
  expect([...new Set(found)]).toEqual([]);
});

it('not in any table', async () => {
  expect(await search.inTables(database)).toEqual([]);
});

it('not in what receivers, channels and the console are sent', () => {
  // DooTask itself is sent the token of its bot.
  const texts = echo.texts.filter((text) => !text.includes('"/bot/'));
  const found = texts.flatMap((text) => search.in('a callback', text));
  found.push(...live.events.flatMap((event) => search.in('the live view', JSON.stringify(event))));
  expect([...new Set(found)]).toEqual([]);
});

it('not in the log, at any level', () => {
  const found = server.lines.flatMap((line) => search.in(line, line));
  expect(found).toEqual([]);
});

it('not in the findings about a configuration file', async () => {
  const { sourceId } = sources.find(({ kind }) => kind === 'openim')!;
  const text = `url: ${server.url}/in/openim/none/\nbeforeSendSingleMsg:\n  enable: true\n`;
  const answer = await app.call('POST', `/sources/${sourceId}/check-config`, { body: { text } });
  expect(search.in('the findings', answer.text)).toEqual([]);
});

it('would find them', async () => {
  const { sourceId, kind, tokens } = sources[0]!;
  const revealed = await app.call('POST', `/sources/${sourceId}/token/reveal`);
  expect(search.in('reveal', revealed.text)).toEqual([`token 2 of ${kind} in reveal`]);
  const encoded = Buffer.from(`{"a":"${String(tokens[0])}"}`).toString('base64');
  expect(search.in('base64', encoded)).toEqual([`token 1 of ${kind} in base64`]);
  expect(echo.texts.some((text) => text.includes('"/bot/') && search.in('', text).length > 0)).toBe(true);

  const written = new SecretSearch({ it: WRITTEN });
  expect(await written.inTables(database)).toEqual(
    expect.arrayContaining(['it in table source_requests', expect.stringMatching(/^it in table events/)]),
  );
  expect(echo.texts.some((text) => text.includes(WRITTEN))).toBe(true);
  expect(live.events.length).toBeGreaterThan(0);
  expect(server.lines.some((line) => line.includes('"level":20'))).toBe(true);
  const contents = await Promise.all(
    ['listSourceRequests', 'getEvent', 'exportEvents'].map(async (operationId) => {
      const route = ALL_ROUTES.find((each) => each.operationId === operationId)!;
      const texts = await Promise.all(addressesOf(route).map((address) => read('GET', address)));
      return texts.some((text) => text.includes(WRITTEN));
    }),
  );
  expect(contents).toEqual([true, true, true]);
});
