import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { BATCH_LIMIT_BYTES, type IngestedBatch, type IngestedEvent } from '@im/contracts/api/events';
import type { Problem } from '@im/contracts/problem';
import { eventually, type AppUnderTest } from '../../testing/app-under-test.js';
import { LoopSlices } from '../../platform/limits/loop-slices.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { friendDeleted, messageSent } from '../../testing/sample-events.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

let service: TestService;
let app: AppUnderTest;
let receiver: CallbackReceiver;

beforeAll(async () => {
  service = await startTestService();
});

beforeEach(async () => {
  app = await service.addApp();
  receiver = await CallbackReceiver.start(app.appSecret);
  await app.addWebhook(receiver.url);
});

afterEach(async () => {
  await receiver.stop();
});

afterAll(async () => {
  await service.stop();
});

/** Rows of the app, read from the database. */
async function storedRows(): Promise<{ events: number; deliveries: number; keys: number }> {
  const [row] = await service.database.query<{ events: number; deliveries: number; keys: number }>(
    `SELECT (SELECT count(*)::int FROM events JOIN apps USING (app_id) WHERE app_key = $1) AS events,
            (SELECT count(*)::int FROM delivery_log JOIN apps USING (app_id) WHERE app_key = $1) AS deliveries,
            (SELECT count(*)::int FROM event_keys JOIN apps USING (app_id) WHERE app_key = $1) AS keys`,
    [app.appKey],
  );
  return row!;
}

const NOTHING = { events: 0, deliveries: 0, keys: 0 };

function postBatch(events: unknown): Promise<IngestedBatch> {
  return app.client.data('POST', `${app.base}/events/batch`, { body: { events } });
}

describe('the same event again', () => {
  it.each([
    ['id', (id: string) => app.post({ ...event, id })],
    ['Idempotency-Key', (id: string) => app.post(event, { 'Idempotency-Key': id })],
  ])('under the same %s is answered like the first, and delivered once', async (_name, post) => {
    const first = await post('order-1');
    expect(first).toMatchObject({ deliveries: 1, duplicate: false });
    expect(await post('order-1')).toEqual({ ...first, duplicate: true });
    await app.outcome(first.eventId);
    expect(receiver.callbacks).toHaveLength(1);
    expect(await storedRows()).toEqual({ events: 1, deliveries: 1, keys: 1 });
  });

  it('under a key in UTF-8 is the same as under that id in the body', async () => {
    const first = await app.post({ ...event, id: '订单-1' });
    const asBytes = Buffer.from('订单-1').toString('latin1');
    expect(await app.post(event, { 'Idempotency-Key': asBytes })).toEqual({ ...first, duplicate: true });
    const both = await app.call('POST', '/events', {
      body: { ...event, id: '订单-1' },
      headers: { 'Idempotency-Key': asBytes },
    });
    expect(both.status).toBe(202);
  });

  it('sent many times at once is one event and one delivery', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => app.post({ ...event, id: 'order-1' })),
    );
    expect(new Set(answers.map(({ eventId }) => eventId)).size).toBe(1);
    expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    await app.outcome(answers[0]!.eventId);
    expect(receiver.callbacks).toHaveLength(1);
    expect(await storedRows()).toEqual({ events: 1, deliveries: 1, keys: 1 });
  });

  it('with other content is a conflict and changes nothing', async () => {
    await app.post({ ...event, id: 'order-1' });
    const answer = await app.call('POST', '/events', { body: { ...friendDeleted(), id: 'order-1' } });
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ code: 'idempotency_conflict' });
    expect(await storedRows()).toEqual({ events: 1, deliveries: 1, keys: 1 });
  });

  it('with other spaces and the same time written otherwise is the same', async () => {
    const timed = { ...event, id: 'order-1', timestamp: '2026-11-21T08:00:00Z' };
    await app.post(timed);
    const again = JSON.stringify({ ...timed, timestamp: '2026-11-21T09:00:00.000+01:00' }, null, 2);
    expect(await app.post(again)).toMatchObject({ duplicate: true });
  });

  it('that differs in a digit beyond 2^53 is other content', async () => {
    const numbered = (digit: number) =>
      JSON.stringify({ ...event, id: 'n' }).replace('"hello"', `900719925474099${digit}`);
    await app.post(numbered(2));
    expect((await app.call('POST', '/events', { body: numbered(3) })).status).toBe(409);
    expect(await app.post(numbered(2))).toMatchObject({ duplicate: true });
  });

  it('of another app is another event', async () => {
    const other = await service.addApp();
    const ids = await Promise.all([app, other].map((each) => each.post({ ...event, id: 'order-1' })));
    expect(ids.map(({ duplicate }) => duplicate)).toEqual([false, false]);
  });

  it('without an id is another event', async () => {
    const [first, second] = [await app.post(event), await app.post(event)];
    expect(first.eventId).not.toBe(second.eventId);
    await Promise.all([app.outcome(first.eventId), app.outcome(second.eventId)]);
    expect(receiver.callbackIds.size).toBe(2);
  });
});

const event = messageSent();

describe('a batch', () => {
  it('stores its good items and answers for each, in order', async () => {
    const items = [
      messageSent(),
      { ...messageSent(), event: 'message.unheard_of' },
      'no object',
      { ...friendDeleted(), id: 'twice' },
      { ...friendDeleted(), id: 'twice' },
      { ...messageSent(), id: 'twice' },
      { event: 'message.sent', data: { messageId: 'm1' } },
    ];
    const { accepted, rejected, results } = await postBatch(items);
    expect(results.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(results.map(({ status }) => status)).toEqual([202, 422, 422, 202, 202, 409, 422]);
    expect({ accepted, rejected }).toEqual({ accepted: 3, rejected: 4 });
    expect(results[1]).toMatchObject({ error: { errors: [{ pointer: '/event', code: 'unknown_event' }] } });
    expect(results[4]).toEqual({ ...results[3], index: 4, duplicate: true });
    await eventually(() => receiver.callbackIds.size === 2);
    expect(await storedRows()).toEqual({ events: 2, deliveries: 2, keys: 1 });
  });

  it('carries each item’s payload byte for byte', async () => {
    const item = (n: string) =>
      `{"event":"friend.deleted", "data" : {"friendId":"b","ownerId":"a","n":${n}} }`;
    await app.client.data('POST', `${app.base}/events/batch`, {
      body: `{ "events" : [ ${item('9007199254740993')}, ${item('[1.0,"]}\\""]')} ] }`,
    });
    await eventually(() => receiver.callbackIds.size === 2);
    expect(receiver.callbacks.map(({ text }) => text.slice(text.indexOf('"data":'))).sort()).toEqual([
      '"data":{"friendId":"b","ownerId":"a","n":9007199254740993}}',
      '"data":{"friendId":"b","ownerId":"a","n":[1.0,"]}\\""]}}',
    ]);
  });

  it('takes 1,000 events', async () => {
    const { accepted } = await postBatch(Array.from({ length: 1_000 }, friendDeleted));
    expect(accepted).toBe(1_000);
    expect(await storedRows()).toEqual({ events: 1_000, deliveries: 1_000, keys: 0 });
    await eventually(() => receiver.callbackIds.size === 1_000);
  });
});

describe('what is refused leaves nothing behind:', () => {
  it.each<[string, number, string, string, unknown]>([
    ['malformed JSON', 400, 'malformed_json', '/events', '{"event":'],
    ['an unknown event', 422, 'invalid_input', '/events', { ...event, event: 'message.unheard_of' }],
    ['no data', 422, 'invalid_input', '/events', { event: 'message.sent' }],
    ['a missing field', 422, 'invalid_input', '/events', messageSent({ messageId: undefined })],
    ['a field of the wrong type', 422, 'invalid_input', '/events', messageSent({ messageId: 5 })],
    ['an unknown field next to data', 422, 'invalid_input', '/events', { ...event, priority: 1 }],
    ['a time that is none', 422, 'invalid_input', '/events', { ...event, timestamp: 'yesterday' }],
    ['an id that is too long', 422, 'invalid_input', '/events', { ...event, id: 'x'.repeat(201) }],
    ['half a character in the id', 422, 'invalid_input', '/events', { ...event, id: 'half \ud83d' }],
    ['a list instead of an event', 422, 'invalid_input', '/events', [event]],
    ['an event of 300 KiB', 413, 'payload_too_large', '/events', messageSent({ extra: 'x'.repeat(307_200) })],
    ['a batch that is no list', 422, 'invalid_input', '/events/batch', { events: event }],
    ['an empty batch', 422, 'invalid_input', '/events/batch', { events: [] }],
    [
      '1,001 events',
      422,
      'invalid_input',
      '/events/batch',
      { events: Array.from({ length: 1_001 }, friendDeleted) },
    ],
    [
      'a batch over 8 MiB',
      413,
      'payload_too_large',
      '/events/batch',
      { events: [messageSent({ extra: 'x'.repeat(BATCH_LIMIT_BYTES) })] },
    ],
  ])('%s', async (_name, status, code, path, body) => {
    const answer = await app.call('POST', path, { body });
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({ status, code, type: `urn:im-callback:problem:${code}` });
    expect(answer.headers['x-request-id']).toBe((answer.body as Problem).requestId);
    expect(await storedRows()).toEqual(NOTHING);
  });

  it.each([
    ['text/plain', JSON.stringify(event)],
    ['application/x-www-form-urlencoded', 'event=message.sent'],
  ])('media type %s', async (mediaType, body) => {
    const answer = await app.call('POST', '/events', { body, headers: { 'content-type': mediaType } });
    expect(answer.status).toBe(415);
    expect(answer.body).toMatchObject({ code: 'unsupported_media_type' });
    expect(await storedRows()).toEqual(NOTHING);
  });

  it.each([
    [{ 'content-encoding': 'gzip' }, 'content encoding "gzip"'],
    [{ 'content-encoding': 'br' }, 'content encoding "br"'],
    [{ 'content-type': 'application/json; charset=utf-16' }, 'charset "utf-16"'],
    [{ 'content-type': 'application/json; charset=latin1' }, 'charset "latin1"'],
  ])('a body that says it is %j, though it is plain', async (headers: Record<string, string>, named) => {
    const answer = await app.call('POST', '/events', { body: event, headers });
    expect(answer.status).toBe(415);
    expect(answer.body).toMatchObject({
      code: 'unsupported_media_type',
      detail: expect.stringContaining(named) as string,
    });
    expect(await storedRows()).toEqual(NOTHING);
  });

  it('an id that differs from the Idempotency-Key', async () => {
    const answer = await app.call('POST', '/events', {
      body: { ...event, id: 'a' },
      headers: { 'Idempotency-Key': 'b' },
    });
    expect(answer.status).toBe(422);
    expect(await storedRows()).toEqual(NOTHING);
  });

  it('one oversized item of a batch, while the others are stored', async () => {
    const { results } = await postBatch([messageSent({ extra: 'x'.repeat(307_200) }), friendDeleted()]);
    expect(results.map(({ status }) => status)).toEqual([413, 202]);
  });

  it('each fault is named by a pointer', async () => {
    const body = { ...messageSent({ senderId: undefined, status: 'lost' }), conversationId: '' };
    expect((await app.call('POST', '/events', { body })).body).toMatchObject({
      errors: [{ pointer: '/conversationId', code: 'too_small' }],
    });
    const problem = (await app.call('POST', '/events', { body: { ...body, conversationId: 'c' } })).body;
    expect((problem as Problem).errors).toEqual([
      expect.objectContaining({ pointer: '/data/senderId', code: 'required' }),
      expect.objectContaining({ pointer: '/data/status', code: 'invalid_value' }),
    ]);
  });

  it('the app of another', async () => {
    const other = await service.addApp();
    const answer = await app.client.call('POST', '/apps/ak_unknownapp0000000000/events', { body: event });
    expect(answer.status).toBe(404);
    await other.post();
    expect(await storedRows()).toEqual(NOTHING);
  });
});

describe('unusual but valid events are taken:', () => {
  it.each([
    ['a time with a far offset', messageSent({}, { timestamp: '2026-11-21T08:00:00.5+23:00' })],
    ['a time with many digits', messageSent({}, { timestamp: '2026-12-31T23:59:59.9999999Z' })],
    ['NUL and half characters in the payload', messageSent({ content: '\u0000 \ud800', text: '\ud83d' })],
    [
      'data with a member __proto__',
      '{"event":"friend.deleted","data":{"ownerId":"a","friendId":"b","__proto__":{"x":1}}}',
    ],
    ['the same member twice', '{"data":1,"event":"friend.deleted","data":{"ownerId":"a","friendId":"b"}}'],
  ])('%s', async (_name, body) => {
    const { eventId } = await app.post(body);
    expect(await app.outcome(eventId)).toMatchObject({ status: 'success' });
    expect(receiver.callbacks[0]?.isSignatureValid).toBe(true);
  });

  it('one nested too deeply is refused, not a fault of the server', async () => {
    const depth = 50_000;
    const body = `{"event":"friend.deleted","id":"deep","data":{"ownerId":"a","friendId":"b","extra":${'['.repeat(depth)}${']'.repeat(depth)}}}`;
    const answer = await app.call('POST', '/events', { body });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'malformed_request' });
    expect(await storedRows()).toEqual(NOTHING);
  });

  it('are all taken when they come at once, together with any others', async () => {
    const answers = await Promise.all<IngestedEvent>(
      Array.from({ length: 50 }, (_, index) =>
        app.post(
          index % 2
            ? friendDeleted()
            : messageSent({}, { timestamp: '2026-11-21T08:00:00Z', id: `e${index}` }),
        ),
      ),
    );
    expect(new Set(answers.map(({ eventId }) => eventId)).size).toBe(50);
    await eventually(() => receiver.callbackIds.size === 50);
  });
});

describe('a large event', () => {
  it('waits once for a slice of the event loop, and as a body of its app', async () => {
    const slices = vi.spyOn(service.app.get(LoopSlices), 'next');
    await app.post(messageSent({ extra: 'x'.repeat(40_000) }));
    expect(slices.mock.calls).toEqual([[expect.stringMatching(/^app:[0-9a-f-]{36}$/)]]);
    slices.mockRestore();
  });

  it('of a caller who is not known yet waits as a body of its block of addresses', async () => {
    const slices = vi.spyOn(service.app.get(LoopSlices), 'next');
    const body = JSON.stringify({ email: 'x'.repeat(40_000) });
    const headers = { 'content-type': 'application/json' };
    const remoteAddress = '2001:db8:1:2:3:4:5:6';
    await service.app.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      headers,
      payload: body,
      remoteAddress,
    });
    expect(slices.mock.calls).toContainEqual(['address:2001:db8:1:2::/64']);
    slices.mockRestore();
  });
});
