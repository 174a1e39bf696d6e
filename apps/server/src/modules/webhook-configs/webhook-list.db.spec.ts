import type { Webhook, WebhookPage } from '@im/contracts/api/webhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiClient } from '../../testing/api-client.js';
import { addApp } from '../../testing/apps.js';
import { startTestApi, type TestApi } from '../../testing/test-api.js';
import { WebhookConfigsModule } from './webhook-configs.module.js';

const HOST = 'https://93.184.216.34';

let api: TestApi;
let admin: ApiClient;
let base: string;

beforeAll(async () => {
  api = await startTestApi([WebhookConfigsModule]);
  admin = await api.anonymous.logIn('admin@example.com', 'correct horse battery');
  base = `/apps/${(await addApp(admin)).appKey}/webhooks`;
  const made: [name: string, path: string, override?: Record<string, unknown>][] = [
    ['alpha', '/orders'],
    ['Beta', '/beta?x=100%25', { events: ['message.*'] }],
    ['beta', '/chat', { events: ['message.sent'], enabled: false }],
    ['订单回调', '/b_c', { events: ['group.join.*', 'message.read'] }],
    ['gamma', `/${'long/'.repeat(390)}`, { events: ['friend.added'] }],
    ['alpha', '/orders', { enabled: false }],
  ];
  for (const [name, path, override] of made) {
    await admin.data('POST', base, { body: { name, url: HOST + path, ...override } });
  }
  const [oldest] = (await pages('?order=asc')).slice(0, 1);
  await admin.data('PATCH', `${base}/${oldest!.webhookId}`, { body: { description: 'changed last' } });
});

afterAll(async () => {
  await api.stop();
});

async function page(query = ''): Promise<WebhookPage> {
  const { status, body, text } = await admin.call('GET', base + query);
  if (status !== 200) throw new Error(text);
  return body as WebhookPage;
}

/** All pages of the list, one after the other. */
async function pages(query: string): Promise<Webhook[]> {
  const found: Webhook[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const { data, page: info } = await page(`${query}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    found.push(...data);
    cursor = info.nextCursor;
  }
  return found;
}

describe('the list of webhooks', () => {
  it.each<[string, string[]]>([
    ['', ['alpha', 'gamma', '订单回调', 'beta', 'Beta', 'alpha']],
    ['?enabled=false', ['alpha', 'beta']],
    ['?enabled=true', ['gamma', '订单回调', 'Beta', 'alpha']],
    ['?event=message.sent', ['alpha', 'beta', 'Beta', 'alpha']],
    ['?event=group.join.request.sent', ['alpha', '订单回调', 'alpha']],
    ['?event=message.sent&enabled=true', ['Beta', 'alpha']],
    ['?q=BETA', ['beta', 'Beta']],
    ['?q=%E8%AE%A2%E5%8D%95', ['订单回调']],
    ['?q=%25', ['Beta']],
    ['?q=b_c', ['订单回调']],
    ['?q=93.184', ['alpha', 'gamma', '订单回调', 'beta', 'Beta', 'alpha']],
    ['?q=nothing+like+it', []],
  ])('%s finds %j, and says how many there are', async (query, names) => {
    const { data, page: info } = await page(query);
    expect(data.map(({ name }) => name)).toEqual(names);
    expect(info).toEqual({ nextCursor: null, total: names.length });
    const [first] = (await page(`${query}${query ? '&' : '?'}limit=1`)).data;
    expect(first?.name).toBe(names[0]);
  });

  it.each([
    ['?sort=name', (webhook: Webhook) => webhook.name.toLowerCase(), 'asc'],
    ['?sort=name&order=desc', (webhook: Webhook) => webhook.name.toLowerCase(), 'desc'],
    ['?sort=url', (webhook: Webhook) => webhook.url, 'asc'],
    ['?sort=url&order=desc', (webhook: Webhook) => webhook.url, 'desc'],
    ['?sort=createdAt', (webhook: Webhook) => webhook.createdAt, 'desc'],
    ['?sort=createdAt&order=asc', (webhook: Webhook) => webhook.createdAt, 'asc'],
    ['?sort=updatedAt', (webhook: Webhook) => webhook.updatedAt, 'desc'],
    ['?sort=updatedAt&order=asc', (webhook: Webhook) => webhook.updatedAt, 'asc'],
  ] as const)('%s is in order, and its pages contain every webhook once', async (query, keyOf, order) => {
    for (const limit of [1, 2, 5]) {
      const all = await pages(`${query}&limit=${limit}`);
      expect(new Set(all.map(({ webhookId }) => webhookId)).size).toBe(6);
      const keys = all.map(keyOf);
      const sorted = [...keys].sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
      expect(keys).toEqual(order === 'asc' ? sorted : sorted.reverse());
    }
  });

  it('counts all pages on each of them', async () => {
    const first = await page('?limit=2&sort=name');
    const second = await page(`?limit=2&sort=name&cursor=${first.page.nextCursor ?? ''}`);
    expect([first.page.total, second.page.total]).toEqual([6, 6]);
  });

  it('refuses a cursor of another order', async () => {
    const { nextCursor } = (await page('?limit=2&sort=name')).page;
    const answer = await admin.call('GET', `${base}?sort=url&cursor=${nextCursor ?? ''}`);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer: '?cursor', code: 'invalid_format' }] });
  });

  it.each([
    ['?enabled=yes', '?enabled'],
    ['?event=message.*', '?event'],
    ['?event=message%20sent', '?event'],
    ['?sort=health', '?sort'],
    ['?order=up', '?order'],
    ['?q=', '?q'],
    ['?q=%00', '?q'],
    ['?cursor=abc', '?cursor'],
    [`?cursor=${cursorOf(['createdAt', 'desc', 'x', '01980000-0000-7000-8000-000000000000'])}`, '?cursor'],
    [
      `?cursor=${cursorOf(['createdAt', 'desc', '1'.repeat(30), '01980000-0000-7000-8000-000000000000'])}`,
      '?cursor',
    ],
    [`?cursor=${cursorOf(['createdAt', 'desc', '1', 'x'])}`, '?cursor'],
    ['?offset=10', '?offset'],
  ])('refuses %s', async (query, pointer) => {
    const answer = await admin.call('GET', base + query);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer }] });
  });
});

function cursorOf(parts: unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}
