/** Uses the published client against the service: calls, lists, retries, ids, streams. */
import { isApiError } from '@im/client/api-error';
import { Client } from '@im/client/client';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { AppUnderTest } from '../../testing/app-under-test.js';
import { addApiToken } from '../../testing/apps.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { messageSent } from '../../testing/sample-events.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

let service: TestService;
let receiver: CallbackReceiver;
let app: AppUnderTest;
let appKey: string;
let token: string;
let client: Client;

beforeAll(async () => {
  service = await startTestService();
  receiver = await CallbackReceiver.start();
  const scopes = ['events:write', 'webhooks:read', 'webhooks:write', 'deliveries:read'] as const;
  ({ token } = await addApiToken(service.admin, [...scopes]));
  client = new Client({ url: service.url, token });
});
beforeEach(async () => {
  app = await service.addApp();
  ({ appKey } = app);
});
afterAll(async () => {
  await service.stop();
  await receiver.stop();
});

it('calls routes by their keys, and answers what they answer', async () => {
  const { webhookId, revision } = await client.call('POST /apps/{appKey}/webhooks', {
    params: { appKey },
    body: { url: receiver.url },
  });
  const params = { appKey, webhookId };
  const body = { name: 'Renamed' };
  const renamed = await client.call('PATCH /apps/{appKey}/webhooks/{webhookId}', {
    params,
    body,
    ifRevision: revision,
  });
  expect(renamed.name).toBe('Renamed');
  const late = client.call('PATCH /apps/{appKey}/webhooks/{webhookId}', {
    params,
    body,
    ifRevision: revision,
  });
  await expect(late).rejects.toSatisfy((error) => isApiError(error, 'precondition_failed'));
  await client.call('DELETE /apps/{appKey}/webhooks/{webhookId}', { params });
});

it('iterates over all pages of a list', async () => {
  const eventIds: string[] = [];
  for (let number = 0; number < 5; number += 1) eventIds.push((await app.post()).eventId);
  const found: string[] = [];
  for await (const { eventId } of client.events.list(appKey, { limit: 2 })) found.push(eventId);
  expect(found).toEqual(eventIds.reverse());
  const apps: string[] = [];
  for await (const one of client.apps.list()) apps.push(one.appKey);
  expect(apps).toContain(appKey);
});

it('names the faults of the input', async () => {
  const call = client.call('POST /apps/{appKey}/webhooks', {
    params: { appKey },
    body: { url: 'no address' },
  });
  const error: unknown = await call.catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    ...{ code: 'invalid_input', status: 422 },
    errors: [expect.objectContaining({ pointer: '/url' })],
    requestId: expect.stringMatching(/./) as string,
  });
});

it('sends again what failed on the way, and the service stores it once', async () => {
  const sent: string[] = [];
  const flaky = new Client({
    ...{ url: service.url, token },
    fetch: async (input, init) => {
      sent.push(typeof init?.body === 'string' ? init.body : '');
      const response = await fetch(input, init);
      // The first answer is lost.
      if (sent.length === 1) throw new TypeError('fetch failed', { cause: new Error('ECONNRESET') });
      return response;
    },
  });
  const stored = await flaky.call('POST /apps/{appKey}/events', { params: { appKey }, body: messageSent() });
  expect(stored.duplicate).toBe(true);
  expect([sent.length, new Set(sent).size]).toEqual([2, 1]);
});

it('waits as long as the service asks, and gives up what may be done twice', async () => {
  const answers = [
    new Response('{"code":"too_many_requests"}', { status: 429, headers: { 'Retry-After': '0' } }),
    new Response('{"code":"service_unavailable"}', { status: 503 }),
  ];
  let tries = 0;
  const limited = new Client({
    ...{ url: service.url, token },
    fetch: (input, init) => {
      tries += 1;
      return Promise.resolve(answers.shift() ?? fetch(input, init));
    },
  });
  expect((await limited.call('GET /apps', {})).data.length).toBeGreaterThan(0);
  expect(tries).toBe(3);
  const broken = new Client({
    ...{ url: service.url, token },
    fetch: () => {
      tries += 1;
      return Promise.reject(new TypeError('fetch failed'));
    },
  });
  const { webhookId } = await app.addWebhook(receiver.url);
  const test = broken.call('POST /apps/{appKey}/webhooks/{webhookId}/test', {
    params: { appKey, webhookId },
    body: {},
  });
  await expect(test).rejects.toSatisfy((error) => isApiError(error, 'network'));
  expect(tries).toBe(4);
});

it('reads what happens live, until it is told to stop', async () => {
  await app.addWebhook(receiver.url);
  const stopping = new AbortController();
  const delivered = Promise.withResolvers<unknown>();
  const reading = (async () => {
    const events = client.stream('GET /apps/{appKey}/live', { params: { appKey }, signal: stopping.signal });
    for await (const { event, data } of events) if (event === 'delivery') delivered.resolve(data);
  })();
  const posting = setInterval(() => void app.post(), 200);
  expect(await delivered.promise).toMatchObject({ status: 'success' });
  clearInterval(posting);
  stopping.abort();
  await expect(reading).rejects.toThrow();
});

it('does not retry what the service refuses', async () => {
  const events = new Client({ url: service.url, token: 'imk_wrong' }).stream('GET /apps/{appKey}/live', {
    params: { appKey },
  });
  await expect(events.next()).rejects.toSatisfy((error) => isApiError(error, 'unauthenticated'));
});
