import type { AuditEntry } from '@im/contracts/api/audit';
import type { Page } from '@im/contracts/api/common';
import type { EventDetail, StoredEvent } from '@im/contracts/api/event-log';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ApiClient } from '../../testing/api-client.js';
import { fixedRetry, type AppUnderTest } from '../../testing/app-under-test.js';
import { addApiToken } from '../../testing/apps.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { friendDeleted, messageSent } from '../../testing/sample-events.js';
import { addMember, addTenant } from '../../testing/tenants.js';
import { startTestService, type TestService } from '../../testing/test-service.js';
import { EventLogRepository } from './data/event-log.repository.js';

/** Is put wherever message content can be. */
const SECRET = 'meet-me-at-noon';

let service: TestService;
let app: AppUnderTest;
let receiver: CallbackReceiver;
let support: ApiClient;

beforeAll(async () => {
  service = await startTestService();
  support = await addMember(service, 'support');
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

async function page(query: string): Promise<Page<StoredEvent>> {
  const answer = await app.call('GET', `/events${query}`);
  expect(answer.status).toBe(200);
  return answer.body as Page<StoredEvent>;
}

const idsOf = async (query: string) => (await page(query)).data.map(({ eventId }) => eventId);
const show = (eventId: string) => app.client.data<EventDetail>('GET', `${app.base}/events/${eventId}`);

function secretMessage() {
  return messageSent({
    messageId: 'm-1',
    senderNickname: SECRET,
    content: { text: SECRET, [SECRET]: [SECRET] },
    text: SECRET,
    extra: { [SECRET]: SECRET },
    notInTheCatalogue: SECRET,
  });
}

describe('the events of an app', () => {
  it('are found by what they are and what they carry', async () => {
    const { webhookId } = await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(1) });
    const message = await app.deliver(messageSent({ messageId: 'm-1', conversationId: 'c-1' }));
    const edited = await app.deliver({ ...messageSent({ conversationId: 'c-1' }), event: 'message.edited' });
    const friend = await app.deliver(friendDeleted());
    await app.call('POST', `/webhooks/${webhookId}/test`, { body: {} });
    const [ping] = await app.deliveries('?kind=test');
    const [m, e, f, p] = [message, edited, friend, ping!].map(({ eventId }) => eventId);
    const friendAt = (await show(friend.eventId)).receivedAt;
    const filters: [string, (string | undefined)[]][] = [
      ['', [p, f, e, m]],
      ['?event=friend.deleted', [f]],
      ['?event=message.*', [e, m]],
      ['?event=group.*', []],
      ['?event=never.happened', []],
      ['?messageId=m-1', [m]],
      ['?conversationId=c-1', [e, m]],
      ['?conversationId=c-1&event=message.edited', [e]],
      ['?conversationId=c-1&messageId=m-1', [m]],
      ['?userId=u2', [f, e, m]],
      ['?userId=u2&event=message.*', [e, m]],
      ['?userId=u2&conversationId=c-1', [e, m]],
      ['?userId=u3', []],
      ['?q=m-1', [m]],
      ['?q=c-1', [e, m]],
      ['?q=u1', [f, e, m]],
      ['?q=friend', [f]],
      ['?q=edited&event=message.*', [e]],
      ['?q=edited&event=friend.*', []],
      ['?q=timeout', []],
      [`?q=${m?.toUpperCase()}`, [m]],
      [`?q=${edited.deliveryId}`, [e]],
      [`?q=${friend.callbackId}`, [f]],
      [`?q=${friend.callbackId}&event=message.*`, []],
      ['?q=01940000-0000-7000-8000-000000000000', []],
      [`?from=${friendAt}`, [p, f]],
      [`?to=${friendAt}`, [e, m]],
      [`?to=${friendAt}&userId=u1`, [e, m]],
      [`?from=${friendAt}&event=message.*`, []],
    ];
    for (const [query, expected] of filters) expect([query, await idsOf(query)]).toEqual([query, expected]);
  });

  it.each([
    '?event=message%20sent',
    '?limit=0',
    '?cursor=here',
    '?from=now',
    '?colour=red',
    '?q=%20',
    '?messageId=%00',
    '?status=failed',
  ])('are not listed by %s', async (query) => {
    const answer = await app.call('GET', `/events${query}`);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer: query.split('=')[0] }] });
  });

  it.each(['', '&event=friend.*', '&userId=u1', '&q=friend.deleted'])(
    'come page by page, each once, while new ones arrive (%s)',
    async (filter) => {
      const body = { events: Array.from({ length: 23 }, friendDeleted) };
      await app.client.data('POST', `${app.base}/events/batch`, { body });
      const all = await idsOf(`?limit=200${filter}`);
      expect(all).toEqual([...new Set(all)].sort().reverse());
      const seen: string[] = [];
      let cursor = '';
      for (;;) {
        const { data, page: next } = await page(`?limit=5${filter}${cursor}`);
        seen.push(...data.map(({ eventId }) => eventId));
        if (next.nextCursor === null) break;
        cursor = `&cursor=${next.nextCursor}`;
        await app.post(friendDeleted());
      }
      expect(seen).toEqual(all);
    },
  );

  it('show the outcome of each at every webhook', async () => {
    const first = await app.addWebhook(receiver.url, { name: 'first', retryPolicy: fixedRetry(1) });
    const second = await app.addWebhook(receiver.url, { name: 'second', enabled: false });
    receiver.answerWith(503);
    const { eventId } = await app.post(
      messageSent({ messageId: 'm-1' }, { timestamp: '2026-11-20T10:00:00Z' }),
    );
    const failed = (await app.settled(eventId)).find(({ webhookId }) => webhookId === first.webhookId)!;
    receiver.answerWith(200);
    await app.call('POST', `/deliveries/${failed.deliveryId}/redeliver`);
    await app.settled(eventId);
    const event = await show(eventId);
    expect(event).toMatchObject({
      eventId,
      appKey: app.appKey,
      event: 'message.sent',
      occurredAt: '2026-11-20T10:00:00.000Z',
      messageId: 'm-1',
      conversationId: 'single_u1_u2',
      userIds: ['u1', 'u2'],
      isContentMasked: false,
      payload: { content: { text: 'hello' } },
    });
    const byName = Object.fromEntries(event.deliveries.map((delivery) => [delivery.webhookName, delivery]));
    expect(byName).toMatchObject({
      first: {
        webhookId: first.webhookId,
        kind: 'redelivery',
        status: 'success',
        deliveries: 2,
        responseStatus: 200,
      },
      second: { webhookId: second.webhookId, kind: 'event', status: 'skipped', deliveries: 1, attempts: 0 },
    });
  });

  it('are visible only within their app and tenant', async () => {
    const { eventId } = await app.post();
    const other = await service.addApp();
    const { admin } = await addTenant(service, `stranger-${app.appKey}@example.org`);
    expect((await other.call('GET', `/events/${eventId}`)).status).toBe(404);
    expect((await other.call('POST', `/events/${eventId}/reveal`, { body: { reason: 'so' } })).status).toBe(
      404,
    );
    expect((await other.call('GET', `/events?q=${eventId}`)).body).toMatchObject({ data: [] });
    for (const path of ['', `/${eventId}`, '/export', '/export?colour=red']) {
      expect((await admin.call('GET', `${app.base}/events${path}`)).status).toBe(404);
    }
    expect((await app.call('GET', '/events/no-id')).status).toBe(404);
  });
});

describe('events of types that a tenant defined', () => {
  const own = {
    name: 'order.paid',
    schema: { type: 'object' },
    example: { orderId: 'o-1' },
  };

  it('belong to families, and are found by a part of their name even when the type is gone', async () => {
    await service.admin.call('POST', '/event-types', { body: own });
    await app.addWebhook(receiver.url);
    const paid = await app.deliver({ event: 'order.paid', data: { note: SECRET, userId: 'u7', sum: 12 } });
    await app.deliver(friendDeleted());
    const removed = await service.admin.call('DELETE', '/event-types/order.paid');
    expect(removed.status).toBe(204);
    for (const query of [
      '?event=order.*',
      '?event=order.paid',
      '?q=ORDER',
      '?q=paid&event=order.*',
      '?userId=u7',
    ]) {
      expect([query, await idsOf(query)]).toEqual([query, [paid.eventId]]);
      expect([query, await app.deliveries(query)]).toMatchObject([query, [{ deliveryId: paid.deliveryId }]]);
    }
    const masked = await support.data<EventDetail>('GET', `${app.base}/events/${paid.eventId}`);
    expect(masked.payload).toEqual({ note: '***', userId: 'u7', sum: '***' });
  });
});

describe('an event shown to support', () => {
  it('contains no message content, wherever it is shown', async () => {
    await app.addWebhook(receiver.url);
    receiver.answerWith(200, { 'x-echo': SECRET }, SECRET);
    const { eventId } = await app.deliver(secretMessage());
    const paths = [
      '/events',
      `/events?q=${eventId}`,
      `/events/${eventId}`,
      '/events/export?format=csv',
      '/events/export?format=ndjson',
    ];
    for (const path of paths) {
      const answer = await support.call('GET', app.base + path);
      expect([path, answer.status]).toEqual([path, 200]);
      expect(answer.text).toContain('m-1');
      expect(answer.text).not.toContain(SECRET);
    }
    expect(await support.data('GET', `${app.base}/events/${eventId}`)).toMatchObject({
      isContentMasked: true,
      userIds: ['u1', 'u2'],
      payload: { messageId: 'm-1', senderId: 'u1', content: '***', text: '***', notInTheCatalogue: '***' },
      deliveries: [{ status: 'success' }],
    });
  });

  it('is shown whole after a reveal, which is recorded', async () => {
    const { eventId } = await app.post(secretMessage());
    const path = `${app.base}/events/${eventId}/reveal`;
    expect((await support.call('POST', path, { body: { reason: '' } })).status).toBe(422);
    const answer = await support.call('POST', path);
    expect(answer.status).toBe(200);
    expect((answer.body as { data: EventDetail }).data).toEqual(await show(eventId));
    const entries = await service.admin.data<AuditEntry[]>('GET', `/audit-log?targetId=${eventId}`);
    expect(entries).toMatchObject([
      {
        action: 'event.revealed',
        actor: expect.stringMatching(/^support-/) as string,
        detail: { event: 'message.sent' },
      },
    ]);
  });

  it('is whole for developers and programs without asking', async () => {
    const { eventId } = await app.post(secretMessage());
    const { token } = await addApiToken(service.admin, ['deliveries:read']);
    for (const client of [await addMember(service, 'developer'), service.anonymous.withToken(token)]) {
      const detail = await client.data<EventDetail>('GET', `${app.base}/events/${eventId}`);
      expect(detail).toMatchObject({ isContentMasked: false, payload: { text: SECRET } });
    }
  });
});

describe('an export of events', () => {
  it('has each payload as it came, on one line', async () => {
    const data =
      '{\n  "ownerId": "u1", "friendId": "u2",\r\n  "extra": {"big": 18446744073709551615, "text": "a\\nb, \\"c\\""}\n}';
    await app.post(`{"event":"friend.deleted","data":${data}}`);
    const ndjson = (await app.call('GET', '/events/export?format=ndjson')).text;
    expect(ndjson.trimEnd().split('\n')).toHaveLength(1);
    const compact =
      '{"ownerId":"u1","friendId":"u2","extra":{"big":18446744073709551615,"text":"a\\nb, \\"c\\""}}';
    expect(ndjson).toContain(`"isContentMasked":false,"payload":${compact}}\n`);
    expect(JSON.parse(ndjson)).toMatchObject({ event: 'friend.deleted', payload: { ownerId: 'u1' } });
    const [head, line] = (await app.call('GET', '/events/export')).text.split('\r\n');
    expect(head).toBe(
      '\uFEFFeventId,appKey,event,occurredAt,receivedAt,conversationId,messageId,isContentMasked,payload',
    );
    expect(line).toContain(`,false,"${compact.replaceAll('"', '""')}"`);
  });

  it('goes on for as many pages as there are, under the filters of the list', async () => {
    const events = [...Array.from({ length: 230 }, () => friendDeleted()), messageSent()];
    await app.client.data('POST', `${app.base}/events/batch`, { body: { events } });
    const ids = async (query: string) => {
      const { text } = await app.call('GET', `/events/export?format=ndjson${query}`);
      return text
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as StoredEvent).eventId);
    };
    expect(new Set(await ids('')).size).toBe(231);
    expect(await ids('&event=message.*')).toEqual(await idsOf('?event=message.*'));
    expect(await ids('&userId=u1&event=friend.deleted')).toHaveLength(230);
  });

  it('reads few large payloads at once, and many small ones', async () => {
    const large = () => friendDeleted({ remark: 'x'.repeat(200_000) });
    for (let batch = 0; batch < 8; batch += 1) {
      const events = [large(), large(), large(), large()];
      await app.client.data('POST', `${app.base}/events/batch`, { body: { events } });
    }
    const small = Array.from({ length: 1_000 }, () => friendDeleted());
    await app.client.data('POST', `${app.base}/events/batch`, { body: { events: small } });
    const read = vi.spyOn(service.app.get(EventLogRepository), 'payloadsOf');
    const { text } = await app.call('GET', '/events/export?format=ndjson');
    const ids = text
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as StoredEvent).eventId);
    expect(ids).toEqual([...new Set(ids)].sort().reverse());
    expect(ids).toHaveLength(1_032);
    const pages = await Promise.all(
      read.mock.results.map(({ value }) => value as Promise<Map<string, string>>),
    );
    const bytes = pages.map((page) => [...page.values()].join('').length);
    expect(pages[0]?.size).toBe(1_000);
    expect(Math.max(...bytes)).toBeLessThan(2_500_000);
    read.mockRestore();
  });
});
