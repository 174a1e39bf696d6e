import type { Delivery } from '@im/contracts/api/deliveries';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually, fixedRetry, type AppUnderTest } from '../../testing/app-under-test.js';
import { becomeDue } from '../../testing/become-due.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { friendDeleted, messageSent } from '../../testing/sample-events.js';
import { addTenant } from '../../testing/tenants.js';
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
});

afterEach(async () => {
  await receiver.stop();
});

afterAll(async () => {
  await service.stop();
});

async function idsOf(query: string): Promise<string[]> {
  return (await app.deliveries(query)).map(({ deliveryId }) => deliveryId);
}

describe('the delivery log', () => {
  it('tells rows of the same name apart by message, conversation and receiver', async () => {
    await app.addWebhook(receiver.url);
    const subject = { messageId: 'm-1', conversationId: 'c-1', receiverId: 'u2' };
    await app.deliver(messageSent(subject));
    await app.deliver(messageSent({ messageId: 'm-2', extra: { note: 'x'.repeat(9_000) } }));
    const [, first] = await app.deliveries();
    expect(first).toMatchObject(subject);
    expect(await app.deliveries('?messageId=m-2')).toMatchObject([{ messageId: 'm-2' }]);
  });

  it('is filtered by the properties and the outcome of deliveries', async () => {
    const { webhookId } = await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(1) });
    const arrived = await app.deliver(messageSent({ messageId: 'm-1', conversationId: 'c-1' }));
    receiver.answerWith(503);
    const failed = await app.deliver(friendDeleted());
    await app.call('POST', `/webhooks/${webhookId}/test`, { body: {} });
    const [test] = await app.deliveries('?kind=test');
    const filters: [string, string[]][] = [
      ['', [test!.deliveryId, failed.deliveryId, arrived.deliveryId]],
      ['?status=success', [arrived.deliveryId]],
      ['?status=failed&kind=event', [failed.deliveryId]],
      ['?status=pending', []],
      ['?status=success&responseStatus=503', []],
      ['?status=success&responseStatus=200', [arrived.deliveryId]],
      ['?status=failed&responseStatus=503&kind=event', [failed.deliveryId]],
      ['?status=failed&responseStatus=200', []],
      ['?event=friend.deleted', [failed.deliveryId]],
      ['?event=friend.*', [failed.deliveryId]],
      ['?event=friend.*&status=success', []],
      ['?event=message.*&q=c-1', [arrived.deliveryId]],
      ['?event=message.*&userId=u1', [arrived.deliveryId]],
      ['?event=friend.*&q=deleted', [failed.deliveryId]],
      ['?event=message.*&q=deleted', []],
      ['?event=test.*&q=server', [test!.deliveryId]],
      ['?event=nothing.*', []],
      ['?order=asc', [arrived.deliveryId, failed.deliveryId, test!.deliveryId]],
      ['?order=asc&userId=u2', [arrived.deliveryId, failed.deliveryId]],
      ['?order=asc&q=server', [failed.deliveryId, test!.deliveryId]],
      [`?originalDeliveryId=${failed.deliveryId}`, []],
      ['?kind=test', [test!.deliveryId]],
      ['?responseStatus=503', [test!.deliveryId, failed.deliveryId]],
      ['?errorClass=server_error&event=test.ping', [test!.deliveryId]],
      [`?callbackId=${arrived.callbackId}`, [arrived.deliveryId]],
      [`?eventId=${failed.eventId}`, [failed.deliveryId]],
      ['?messageId=m-1', [arrived.deliveryId]],
      ['?conversationId=c-1', [arrived.deliveryId]],
      ['?conversationId=c-1&status=failed', []],
      ['?conversationId=c-1&messageId=m-1&userId=u1', [arrived.deliveryId]],
      ['?userId=u2', [failed.deliveryId, arrived.deliveryId]],
      ['?userId=u2&event=friend.deleted', [failed.deliveryId]],
      [`?userId=u2&eventId=${arrived.eventId}`, [arrived.deliveryId]],
      ['?userId=u3', []],
      ['?q=m-1', [arrived.deliveryId]],
      ['?q=c-1&status=success', [arrived.deliveryId]],
      ['?q=u1', [failed.deliveryId, arrived.deliveryId]],
      ['?q=friend.', [failed.deliveryId]],
      ['?q=server', [test!.deliveryId, failed.deliveryId]],
      ['?q=server&kind=event', [failed.deliveryId]],
      [`?q=${failed.eventId}`, [failed.deliveryId]],
      [`?q=${arrived.callbackId}`, [arrived.deliveryId]],
      [`?q=${arrived.deliveryId.toUpperCase()}`, [arrived.deliveryId]],
      [`?q=${arrived.deliveryId}&status=failed`, []],
      ['?q=nothing-like-it', []],
      ['?from=2020-01-01T00:00:00Z&to=2021-01-01T00:00:00Z', []],
      [`?from=${failed.createdAt}`, [test!.deliveryId, failed.deliveryId]],
      [`?to=${failed.createdAt}`, [arrived.deliveryId]],
    ];
    for (const [query, expected] of filters) expect([query, await idsOf(query)]).toEqual([query, expected]);
    expect((await app.call('GET', `/webhooks/${webhookId}/deliveries?status=failed`)).body).toMatchObject({
      data: [{ deliveryId: test!.deliveryId }, { deliveryId: failed.deliveryId }],
    });
  });

  it('finds all that is not well: what failed, what retries and what is held', async () => {
    const { webhookId } = await app.addWebhook(receiver.url, {
      retryPolicy: fixedRetry(1),
      events: ['friend.*'],
    });
    await app.deliver(friendDeleted());
    receiver.answerWith(503);
    const failed = await app.deliver(friendDeleted());
    const retries = { retryPolicy: fixedRetry(5, 3_600_000), events: ['message.sent'] };
    const { webhookId: failing } = await app.addWebhook(receiver.url, retries);
    const { webhookId: paused } = await app.addWebhook(receiver.url, { events: ['message.sent'] });
    await app.call('POST', `/webhooks/${paused}/pause`, { body: {} });
    await app.post(messageSent({ messageId: 'm-1', conversationId: 'c-1' }));
    await eventually(async () => (await app.deliveries('?phase=retrying')).length === 1);
    const waiting = await app.deliveries('?messageId=m-1');
    const idOf = (of: string) => waiting.find((row) => row.webhookId === of)!.deliveryId;
    const [retrying, held] = [idOf(failing), idOf(paused)];
    const all = await idsOf('?phase=problem');
    const newer = [retrying, held].sort().reverse();
    expect(all).toEqual([...newer, failed.deliveryId]);
    const filters: [string, string[]][] = [
      ['&status=failed', [failed.deliveryId]],
      ['&status=pending', newer],
      ['&status=success', []],
      ['&status=canceled', []],
      ['&event=message.*', newer],
      ['&event=friend.deleted', [failed.deliveryId]],
      ['&errorClass=server_error', [retrying, failed.deliveryId]],
      ['&responseStatus=503&order=asc', [failed.deliveryId, retrying]],
      [`&eventId=${failed.eventId}`, [failed.deliveryId]],
      ['&conversationId=c-1', newer],
      ['&messageId=m-1&status=failed', []],
      ['&q=server', [retrying, failed.deliveryId]],
      [`&q=${held}`, [held]],
      [`&to=${failed.createdAt}`, []],
      ['&kind=test', []],
    ];
    for (const [query, expected] of filters) {
      expect([query, await idsOf(`?phase=problem${query}`)]).toEqual([query, expected]);
    }
    const ofWebhook = await app.call('GET', `/webhooks/${paused}/deliveries?phase=problem`);
    expect(ofWebhook.body).toMatchObject({ data: [{ deliveryId: held }] });
    const ofOther = await app.call('GET', `/webhooks/${webhookId}/deliveries?phase=problem`);
    expect(ofOther.body).toMatchObject({ data: [{ deliveryId: failed.deliveryId }] });
    const seen: string[] = [];
    let cursor = '';
    for (;;) {
      const { data, page } = await app.deliveryPage(`?phase=problem&limit=1${cursor}`);
      seen.push(...data.map(({ deliveryId }) => deliveryId));
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(seen).toEqual(all);
  });

  it.each([
    '?status=lost',
    '?phase=well',
    '?limit=0',
    '?limit=201',
    '?cursor=here',
    '?from=now',
    '?colour=red',
    '?eventId=x',
    '?q=%20',
    '?event=message%20sent',
    '?order=up',
    '?originalDeliveryId=x',
    '?cursor=here&userId=u1',
    '?cursor=019ab2c3-0000-7000-8000-00000000000f&q=u1',
  ])('refuses %s', async (query) => {
    const answer = await app.call('GET', `/deliveries${query}`);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer: query.split('=')[0] }] });
  });

  it('of a conversation comes page by page by the time of its events, redeliveries next to the first delivery', async () => {
    const [first, second] = [await app.addWebhook(receiver.url), await app.addWebhook(receiver.url)];
    const eventIds: string[] = [];
    for (let index = 0; index < 4; index++) eventIds.push((await app.post()).eventId);
    const oldest = (await app.settled(eventIds[0]!)).find(({ webhookId }) => webhookId === second.webhookId)!;
    await app.call('POST', `/deliveries/${oldest.deliveryId}/redeliver`);
    const page = (cursor: string | null) =>
      app.deliveryPage(`?conversationId=single_u1_u2&limit=2${cursor === null ? '' : `&cursor=${cursor}`}`);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { data, page: next }: Awaited<ReturnType<typeof page>> = await page(cursor);
      seen.push(...data.map((row) => `${row.eventId} ${row.webhookId} ${row.kind}`));
      cursor = next.nextCursor;
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(9);
    expect(seen.map((row) => row.split(' ')[0])).toEqual(
      [...eventIds].reverse().flatMap((id, index) => Array<string>(index === 3 ? 3 : 2).fill(id)),
    );
    expect(seen[6]).toBe(`${eventIds[0]} ${second.webhookId} redelivery`);
    expect(seen.filter((row) => row.includes(first.webhookId))).toHaveLength(4);
  });

  it.each(['', '&conversationId=single_u1_u2'])('comes page by page, oldest first%s', async (filter) => {
    await app.addWebhook(receiver.url);
    const body = { events: Array.from({ length: 11 }, () => messageSent()) };
    await app.client.data('POST', `${app.base}/events/batch`, { body });
    const seen: string[] = [];
    let cursor = '';
    for (;;) {
      const { data, page } = await app.deliveryPage(`?order=asc&limit=4${filter}${cursor}`);
      seen.push(...data.map(({ deliveryId }) => deliveryId));
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(seen).toEqual((await idsOf('?limit=200')).reverse());
  });

  it('comes page by page, newest first, without gap or repetition while new ones arrive', async () => {
    await app.addWebhook(receiver.url);
    const body = { events: Array.from({ length: 23 }, friendDeleted) };
    await app.client.data('POST', `${app.base}/events/batch`, { body });
    const all = await idsOf('?limit=200');
    expect(all).toHaveLength(23);
    expect(all).toEqual([...all].sort().reverse());
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await app.deliveryPage(`?limit=5${cursor === null ? '' : `&cursor=${cursor}`}`);
      seen.push(...page.data.map(({ deliveryId }) => deliveryId));
      cursor = page.page.nextCursor;
      await app.post();
    } while (cursor !== null);
    expect(seen).toEqual(all);
  });

  it('hides what belongs to another app or another tenant', async () => {
    const { webhookId } = await app.addWebhook(receiver.url);
    const { deliveryId } = await app.deliver();
    const stranger = await addTenant(service, `stranger-${app.appKey}@example.org`);
    const other = await service.addApp();
    for (const [client, base] of [
      [other.client, other.base],
      [stranger.admin, app.base],
    ] as const) {
      for (const [method, path] of [
        ['GET', `/deliveries/${deliveryId}`],
        ['POST', `/deliveries/${deliveryId}/redeliver`],
        ['POST', `/deliveries/${deliveryId}/cancel`],
        ['GET', `/webhooks/${webhookId}`],
        ['GET', `/webhooks/${webhookId}/deliveries`],
        ['DELETE', `/webhooks/${webhookId}`],
      ] as const) {
        expect([path, (await client.call(method, base + path)).status]).toEqual([path, 404]);
      }
    }
    expect(await other.deliveries()).toEqual([]);
    for (const id of ['no-id', '01940000-0000-7000-8000-000000000000']) {
      expect((await app.call('GET', `/deliveries/${id}`)).status).toBe(404);
    }
    expect(await app.delivery(deliveryId)).toMatchObject({ status: 'success' });
  });
});

describe('a delivery', () => {
  it('whose payload is no longer kept shows what happened, and is not delivered again', async () => {
    await app.addWebhook(receiver.url);
    const { deliveryId, eventId } = await app.deliver();
    await service.database.query('DELETE FROM events WHERE event_id = $1', [eventId]);
    expect(await app.delivery(deliveryId)).toMatchObject({
      status: 'success',
      isPayloadKept: false,
      payload: null,
      requestBody: null,
      attemptLog: [{ responseStatus: 200 }],
    });
    expect(await idsOf(`?eventId=${eventId}`)).toEqual([deliveryId]);
    expect((await app.call('POST', `/deliveries/${deliveryId}/redeliver`)).status).toBe(409);
  });

  it('that failed says in the list why, and one that arrived says nothing', async () => {
    receiver.answerWith(503);
    await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(2) });
    await app.deliver();
    receiver.answerWith(200);
    await app.deliver();
    expect(await app.deliveries()).toMatchObject([
      { status: 'success', errorMessage: null },
      { status: 'failed', errorMessage: 'The receiver answered 503 Service Unavailable.' },
    ]);
  });

  it('that waits can be canceled, once; it is not attempted again', async () => {
    receiver.answerWith(500);
    const { webhookId } = await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(2, 1_000) });
    const { eventId } = await app.post();
    const waiting = await eventually(async () => {
      const [delivery] = await app.deliveries(`?eventId=${eventId}`);
      return delivery?.attempts === 1 && delivery;
    });
    expect((await app.call('POST', `/deliveries/${waiting.deliveryId}/redeliver`)).status).toBe(409);
    const cancel = () => app.call('POST', `/deliveries/${waiting.deliveryId}/cancel`);
    expect((await cancel()).body).toMatchObject({ data: { status: 'canceled', nextAttemptAt: null } });
    expect((await cancel()).status).toBe(409);
    receiver.answerWith(200);
    // An attempt of the canceled one would be due before this one’s second attempt.
    await app.deliver();
    expect(await app.delivery(waiting.deliveryId)).toMatchObject({ status: 'canceled', attempts: 1 });
    await becomeDue(service.database);
    expect((await app.webhook(webhookId)).stats).toEqual({
      total: 2,
      succeeded: 1,
      failed: 0,
      pending: 0,
      attempts: 2,
      attemptSuccessRate: 0.5,
      deliveredRate: 1,
      successRate: 1,
    });
  });

  it('canceled too late, after the receiver accepted it, shows what happened', async () => {
    let answer: (() => void) | undefined;
    receiver.answerBy((response) => (answer = () => response.end('late')));
    const { webhookId } = await app.addWebhook(receiver.url);
    const { eventId } = await app.post();
    await eventually(() => answer !== undefined);
    const [{ deliveryId } = { deliveryId: '' }] = await app.deliveries(`?eventId=${eventId}`);
    await app.call('POST', `/deliveries/${deliveryId}/cancel`);
    answer?.();
    await eventually(async () => (await app.delivery(deliveryId)).status === 'success');
    receiver.answerBy(() => undefined);
    await app.post();
    await eventually(() => receiver.callbacks.length === 2);
    expect((await app.webhook(webhookId)).stats).toMatchObject({ total: 2, succeeded: 1, pending: 1 });
  });

  it('is redelivered with the policy and address of now', async () => {
    receiver.answerWith(500);
    const { webhookId } = await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(1) });
    const failed = await app.deliver();
    const next = await CallbackReceiver.start(app.appSecret);
    await app.changeWebhook(webhookId, { url: next.url, retryPolicy: fixedRetry(7) });
    const answer = await app.call('POST', `/deliveries/${failed.deliveryId}/redeliver`);
    expect(answer.body).toMatchObject({ data: { kind: 'redelivery', maxAttempts: 7, status: 'pending' } });
    await eventually(() => next.callbacks.length === 1);
    expect(next.callbacks[0]?.envelope.callbackId).toBe(failed.callbackId);
    const redelivered = (answer.body as { data: Delivery }).data;
    expect(redelivered).toMatchObject({
      originalDeliveryId: failed.deliveryId,
      callbackId: failed.callbackId,
    });
    expect(await idsOf(`?originalDeliveryId=${failed.deliveryId}`)).toEqual([redelivered.deliveryId]);
    expect(await idsOf(`?originalDeliveryId=${redelivered.deliveryId}`)).toEqual([]);
    await next.stop();
  });
});

describe('a test send', () => {
  it('sends test.ping now and answers with the attempt', async () => {
    receiver.answerWith(200, {}, 'welcome');
    const { webhookId } = await app.addWebhook(receiver.url, { events: ['group.*'], enabled: false });
    const answer = await app.call('POST', `/webhooks/${webhookId}/test`, { body: {} });
    expect(answer.body).toMatchObject({
      data: { status: 'success', responseStatus: 200, responseBody: 'welcome', errorClass: null },
    });
    expect(receiver.callbacks[0]).toMatchObject({ isSignatureValid: true, envelope: { event: 'test.ping' } });
    expect(await app.deliveries('?kind=test')).toMatchObject([{ status: 'success', attempts: 1 }]);
    expect((await app.webhook(webhookId)).stats).toMatchObject({
      ...{ total: 0, pending: 0, attempts: 0 },
      ...{ attemptSuccessRate: null, deliveredRate: null, successRate: null },
    });
  });

  it('sends any event of the catalogue: its example, or data of one’s own', async () => {
    const { webhookId } = await app.addWebhook(receiver.url);
    const test = (body: object) => app.call('POST', `/webhooks/${webhookId}/test`, { body });
    await test({ event: 'message.sent' });
    await test(friendDeleted());
    expect(receiver.callbacks.map(({ envelope }) => envelope)).toMatchObject([
      { event: 'message.sent', data: { contentType: 'text' } },
      { event: 'friend.deleted', data: friendDeleted().data },
    ]);
  });

  it.each([
    ['an unknown event', { event: 'message.unheard_of' }, '/event'],
    [
      'data that does not fit',
      { event: 'friend.deleted', data: { ownerId: 5, friendId: 'u' } },
      '/data/ownerId',
    ],
    ['an unknown field', { colour: 'red' }, '/colour'],
  ])('refuses %s and sends nothing', async (_name, body, pointer) => {
    const { webhookId } = await app.addWebhook(receiver.url);
    const answer = await app.call('POST', `/webhooks/${webhookId}/test`, { body });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer }] });
    expect(await app.deliveries()).toEqual([]);
    expect(receiver.callbacks).toEqual([]);
  });

  it('to a dead receiver says what went wrong, and is not tried again', async () => {
    const { webhookId } = await app.addWebhook(receiver.url);
    await receiver.stop();
    const answer = await app.call('POST', `/webhooks/${webhookId}/test`, { body: {} });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      data: { status: 'failed', responseStatus: null, errorClass: 'connect_refused' },
    });
    expect(await app.deliveries()).toMatchObject([{ kind: 'test', status: 'failed', attempts: 1 }]);
  });
});
