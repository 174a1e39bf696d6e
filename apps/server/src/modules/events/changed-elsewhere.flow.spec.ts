/** What another process changes takes effect with the next event, although this process has it cached. */
import type { CreatedApiToken } from '@im/contracts/api/api-tokens';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AppUnderTest } from '../../testing/app-under-test.js';
import { messageSent } from '../../testing/sample-events.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

let service: TestService;
let app: AppUnderTest;
let token: string;
let tokenId: string;

beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());
beforeEach(async () => {
  app = await service.addApp();
  const body = { name: 'im', scopes: ['events:write'] };
  ({ token, tokenId } = await app.client.data<CreatedApiToken>('POST', '/api-tokens', { body }));
  // Twice: the second one finds the token cached.
  await send();
  await send();
});

async function send(path = '/events', body: object = messageSent()): Promise<number> {
  const answer = await fetch(`${service.url}/api/v1${app.base}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  await answer.arrayBuffer();
  return answer.status;
}

const elsewhere = (sql: string) => service.database.query(sql, [tokenId]);

const storedEvents = async (): Promise<number> => {
  const rows = await service.database.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM events WHERE app_id = (SELECT app_id FROM apps WHERE app_key = $1)',
    [app.appKey],
  );
  return rows[0]?.count ?? 0;
};

const batch = { events: [messageSent()] };

describe.each([
  ['an event', '/events', undefined],
  ['a batch', '/events/batch', batch],
  ['a batch of nothing valid', '/events/batch', { events: [{ event: 'no name', data: {} }] }],
  ['an event that is not valid', '/events', { event: 'no name', data: {} }],
])('%s', (_what, path, body) => {
  it('of a token that was revoked is refused', async () => {
    await elsewhere('DELETE FROM api_tokens WHERE token_id = $1');
    expect(await send(path, body)).toBe(401);
    expect(await storedEvents()).toBe(2);
  });

  it('of a token without the scope is refused', async () => {
    await elsewhere(`UPDATE api_tokens SET scopes = '{webhooks:read}' WHERE token_id = $1`);
    expect(await send(path, body)).toBe(403);
    expect(await storedEvents()).toBe(2);
  });
});

it('a token that may again is let in at once', async () => {
  await elsewhere(`UPDATE api_tokens SET scopes = '{webhooks:read}' WHERE token_id = $1`);
  expect(await send()).toBe(403);
  await elsewhere(`UPDATE api_tokens SET scopes = '{events:write}' WHERE token_id = $1`);
  expect(await send()).toBe(202);
});

it('many events at once, with changes between them, are each stored once', async () => {
  const changes = Array.from({ length: 20 }, () =>
    elsewhere('UPDATE api_tokens SET name = name || 1 WHERE token_id = $1'),
  );
  const statuses = await Promise.all([...Array.from({ length: 100 }, () => send()), ...changes]);
  expect(statuses.filter((status) => status === 202)).toHaveLength(100);
  expect(await storedEvents()).toBe(102);
});
