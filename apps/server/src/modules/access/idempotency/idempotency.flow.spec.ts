/** Tests creations that are sent twice with one Idempotency-Key. */
import type { CreatedApp } from '@im/contracts/api/apps';
import { ALL_ROUTES } from '@im/contracts/routes/all-routes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiAnswer, ApiClient } from '../../../testing/api-client.js';
import { addApiToken, addApp } from '../../../testing/apps.js';
import { startTestService, type TestService } from '../../../testing/test-service.js';
import { MAX_KEYS } from './first-answers.service.js';

const HOUR_MS = 3_600_000;
const APP = { name: 'Chat', packageName: 'com.example.chat' };

let service: TestService;
let admin: ApiClient;
let appKey: string;
let count = 0;

beforeAll(async () => {
  service = await startTestService();
  admin = service.admin;
  ({ appKey } = await addApp(admin));
});
afterAll(() => service.stop());

function newKey(): string {
  count += 1;
  return `key-${String(count)}`;
}

function post(key: string, body: unknown, { path = '/apps', client = admin } = {}): Promise<ApiAnswer> {
  return client.call('POST', path, { body, headers: { 'Idempotency-Key': key } });
}

/** Numbers as they are written. */
async function postText(key: string, body: string): Promise<string> {
  const answer = await admin.call('POST', '/event-types', {
    body,
    headers: { 'Idempotency-Key': key },
  });
  return answer.text;
}

const dataOf = (answer: ApiAnswer) => (answer.body as { data: Record<string, unknown> }).data;
const isReplayed = ({ headers }: ApiAnswer) => headers['idempotent-replayed'] === 'true';

/** Of each route that takes a key: its path, a body, and what is shown only once. */
const CREATIONS: Record<string, [path: () => string, body: () => object, secrets: string[]]> = {
  createApp: [() => '/apps', () => APP, ['appSecret']],
  createWebhook: [() => `/apps/${appKey}/webhooks`, () => ({ url: 'http://127.0.0.1:9/?token=secret' }), []],
  createSource: [
    () => `/apps/${appKey}/sources`,
    () => ({ kind: 'openim', name: 'IM', settings: {} }),
    ['token', 'url'],
  ],
  createEventType: [() => '/event-types', () => ({ name: 'order.paid', schema: {}, example: {} }), []],
  createApiToken: [() => '/api-tokens', () => ({ name: 'ci', scopes: ['events:write'] }), ['token']],
  createNotificationChannel: [
    () => '/notification-channels',
    () => ({ kind: 'slack', name: 'Ops', url: 'http://127.0.0.1:9/' }),
    [],
  ],
  createMember: [
    () => '/members',
    () => ({ email: 'idempotent@example.com', role: 'support' }),
    ['temporaryPassword'],
  ],
  createPortalLink: [
    () => `/apps/${appKey}/portal-links`,
    () => ({ permissions: ['read'], expiresInSeconds: 600 }),
    ['token', 'url'],
  ],
  createTunnel: [() => `/apps/${appKey}/tunnels`, () => ({ name: 'Laptop' }), ['secret']],
  createTenant: [
    () => '/tenants',
    () => ({ name: 'Twice', adminEmail: 'twice@example.org' }),
    ['temporaryPassword'],
  ],
};

it('every route that creates takes a key', () => {
  const creating = ALL_ROUTES.filter(
    ({ answer, isOutsideOfApi }) => answer.status === 201 && !isOutsideOfApi,
  );
  const taking = ALL_ROUTES.filter(({ idempotency }) => idempotency);
  const names = (routes: typeof taking) => routes.map(({ operationId }) => operationId).sort();
  expect(names(taking)).toEqual(names(creating));
  expect(names(taking)).toEqual(Object.keys(CREATIONS).sort());
});

describe.each(Object.entries(CREATIONS))('%s with a key', (_, [path, body, secrets]) => {
  it('is done once, and answered again without what is shown only once', async () => {
    const key = newKey();
    const first = await post(key, body(), { path: path() });
    expect([first.status, isReplayed(first)]).toEqual([201, false]);
    for (const secret of secrets) expect(dataOf(first)[secret]).toEqual(expect.any(String));
    const again = await post(key, body(), { path: path() });
    expect([again.status, isReplayed(again)]).toEqual([201, true]);
    const rest = Object.entries(dataOf(first)).filter(([name]) => !secrets.includes(name));
    expect(dataOf(again)).toEqual(Object.fromEntries(rest));
    expect(again.headers.etag).toBe(first.headers.etag);
  });
});

describe('a key', () => {
  it('leaves one audit entry, however often it is sent', async () => {
    const key = newKey();
    const { appKey: made } = dataOf(await post(key, APP)) as unknown as CreatedApp;
    await post(key, APP);
    const entries = await admin.data<object[]>('GET', `/audit-log?appKey=${made}`);
    expect(entries).toHaveLength(1);
  });

  it('repeats numbers digit by digit', async () => {
    const key = newKey();
    const body = `{"name":"number.exact","schema":{"maximum":1e400},"example":{"id":12345678901234567890}}`;
    const [first, again] = [await postText(key, body), await postText(key, body)];
    expect(first).toContain('12345678901234567890');
    expect(again).toBe(first);
  });

  it('with another body is refused, and nothing is made', async () => {
    const key = newKey();
    await post(key, APP);
    const other = await post(key, { ...APP, name: 'Other' });
    expect(other).toMatchObject({ status: 409, body: { code: 'idempotency_key_reused' } });
  });

  it('sent many times at once is done once', async () => {
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(key, APP)));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
    expect(answers.filter((answer) => !isReplayed(answer))).toHaveLength(1);
    expect(new Set(answers.map((answer) => dataOf(answer).appKey)).size).toBe(1);
  });

  it('can be used again after a request that failed', async () => {
    const key = newKey();
    expect((await post(key, { name: '' })).status).toBe(422);
    const answer = await post(key, APP);
    expect([answer.status, isReplayed(answer)]).toEqual([201, false]);
  });

  it('is another one for each caller, route and app', async () => {
    const key = newKey();
    const { token } = await addApiToken(admin, ['apps:write', 'webhooks:write']);
    const client = service.anonymous.withToken(token);
    const { appKey: other } = await addApp(admin);
    const webhook = { url: 'http://127.0.0.1:9/' };
    const answers = [
      await post(key, APP),
      await post(key, APP, { client }),
      await post(key, webhook, { path: `/apps/${appKey}/webhooks` }),
      await post(key, webhook, { path: `/apps/${other}/webhooks` }),
    ];
    expect(answers.map((answer) => [answer.status, isReplayed(answer)])).toEqual(Array(4).fill([201, false]));
  });

  it.each(['', ' ', 'x'.repeat(201), 'ü'])('may not be %j', async (key) => {
    const answer = await post(key, APP);
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: 'Idempotency-Key' }] } });
  });

  it('says that the first request is running, until that was cut off', async () => {
    const key = newKey();
    await post(key, APP);
    const claimedAgo = (ms: number) =>
      service.database.query(
        `UPDATE idempotent_requests SET is_answered = false, created_at = now() - $1 * interval '1 ms',
           content_ciphertext = content_ciphertext
         WHERE request_id = (SELECT request_id FROM idempotent_requests ORDER BY created_at DESC LIMIT 1)`,
        [ms],
      );
    await claimedAgo(90_000);
    const answer = await post(key, APP);
    expect([answer.status, isReplayed(answer)]).toEqual([201, false]);
  });

  it('counts for 24 hours', async () => {
    const key = newKey();
    await post(key, APP);
    const age = (ms: number) =>
      service.database.query(
        `UPDATE idempotent_requests SET created_at = created_at - $1 * interval '1 ms'`,
        [ms],
      );
    await age(23 * HOUR_MS);
    expect(isReplayed(await post(key, APP))).toBe(true);
    await age(2 * HOUR_MS);
    expect(isReplayed(await post(key, APP))).toBe(false);
  });

  it('is stored sealed: neither the body nor the answer is readable', async () => {
    await post(
      newKey(),
      { url: 'http://127.0.0.1:9/?token=in-the-open' },
      { path: `/apps/${appKey}/webhooks` },
    );
    const rows = await service.database.query<{ text: string }>(
      `SELECT encode(content_ciphertext, 'escape') AS text FROM idempotent_requests`,
    );
    expect(rows.filter(({ text }) => text.includes('in-the-open'))).toEqual([]);
  });

  it('is refused when the tenant used too many', async () => {
    await service.database.query(
      `INSERT INTO idempotent_requests (request_id, tenant_id, key_hash, content_ciphertext, is_answered, created_at)
       SELECT gen_random_uuid(), tenant_id, sha256(n::text::bytea), '', true, now()
       FROM generate_series(1, $1::int) n, (SELECT tenant_id FROM apps LIMIT 1) t`,
      [MAX_KEYS],
    );
    expect(await post(newKey(), APP)).toMatchObject({ status: 429 });
    expect((await admin.call('POST', '/apps', { body: APP })).status).toBe(201);
  });
});
