import type { Page } from '@im/contracts/api/common';
import type { CurrentUser } from '@im/contracts/api/auth';
import type { Webhook } from '@im/contracts/api/webhooks';
import { beforeEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { call } from './call.js';
import { send } from './client.js';

vi.mock('./client.js');

const IDS = { appKey: 'ak_1', webhookId: 'w1' };
const WEBHOOK = 'GET /apps/{appKey}/webhooks/{webhookId}';

beforeEach(() => {
  vi.mocked(send).mockReset();
  vi.mocked(send).mockResolvedValue({ data: null });
});

describe('what is sent', () => {
  it.each([
    ['an id', 'w1', '/apps/ak_1/webhooks/w1'],
    ['what a path gives a meaning to', 'a/b?c', '/apps/ak_1/webhooks/a%2Fb%3Fc'],
    ['a pattern of replacements', '$&', '/apps/ak_1/webhooks/%24%26'],
  ])('has %s in its path, escaped', async (_, webhookId, url) => {
    await call(WEBHOOK, { params: { ...IDS, webhookId } });
    expect(send).toHaveBeenCalledWith(expect.objectContaining({ method: 'GET', url }));
  });

  it('leaves blank filters out', async () => {
    const query = { status: '', rule: 'slow', cursor: undefined, limit: 50 } as const;
    await call('GET /apps/{appKey}/alerts', { params: { appKey: 'ak_1' }, query });
    expect(send).toHaveBeenCalledWith(expect.objectContaining({ params: { rule: 'slow', limit: 50 } }));
  });

  it('names the revision that a change is made for', async () => {
    await call('PATCH /apps/{appKey}/webhooks/{webhookId}', {
      params: IDS,
      body: { name: 'n' },
      ifRevision: 3,
    });
    const expected = { method: 'PATCH', data: { name: 'n' }, headers: { 'If-Match': '"3"' } };
    expect(send).toHaveBeenCalledWith(expect.objectContaining(expected));
  });

  it.each([
    ['POST', {}],
    ['DELETE', undefined],
  ] as const)('has the body of a %s that is given none: %j', async (method, data) => {
    await call(method === 'POST' ? 'POST /auth/logout' : 'DELETE /auth/sessions');
    expect(vi.mocked(send).mock.calls[0]?.[0].data).toEqual(data);
  });
});

describe('what is answered', () => {
  const page = { data: [], page: { nextCursor: null } };
  it.each([
    ['the data of a single thing', { data: { a: 1 } }, { a: 1 }],
    ['nothing where there is no session', { data: null }, null],
    ['a page as it is', page, page],
    ['undefined without a body', '', undefined],
  ])('is %s', async (_, body, answer) => {
    vi.mocked(send).mockResolvedValue(body);
    expect(await call('GET /auth/session')).toEqual(answer);
  });

  it('keeps the digits of numbers beyond the precision of a double, where that is asked for', async () => {
    await call('GET /apps/{appKey}/deliveries/{deliveryId}', {
      params: { appKey: 'ak_1', deliveryId: 'd1' },
      isExact: true,
    });
    const { transformResponse } = vi.mocked(send).mock.calls[0]?.[0] ?? {};
    const parse = transformResponse as (text: string) => unknown;
    expect(JSON.stringify(parse('{"n":12345678901234567890}'))).toBe('{"n":12345678901234567890}');
    expect(parse('<html>')).toBe('<html>');
  });
});

describe('the types', () => {
  it('of answers are those of the contract', async () => {
    vi.mocked(send).mockResolvedValue({ data: [], page: { nextCursor: null, total: 0 } });
    const webhooks = await call('GET /apps/{appKey}/webhooks', { params: { appKey: 'ak_1' } });
    expectTypeOf(webhooks.data).toEqualTypeOf<Webhook[]>();
    expectTypeOf(webhooks.page.total).toBeNumber();
    expectTypeOf(await call(WEBHOOK, { params: IDS })).toEqualTypeOf<Webhook>();
    expectTypeOf(await call('GET /auth/session')).toEqualTypeOf<CurrentUser | null>();
    expectTypeOf(call<'POST /auth/logout'>).returns.resolves.toBeUndefined();
    expectTypeOf(webhooks).toExtend<Page<Webhook>>();
  });

  it('refuse a path, a verb, a parameter, a query or a body that the contract does not have', async () => {
    const params = IDS;
    // @ts-expect-error no such path
    await call('GET /apps/{appKey}/hooks', { params });
    // @ts-expect-error no such verb for the path
    await call('PUT /apps/{appKey}/webhooks/{webhookId}', { params });
    // @ts-expect-error a download is no call
    await call('GET /apps/{appKey}/deliveries/export', { params });
    // @ts-expect-error a parameter is missing
    await call(WEBHOOK, { params: { appKey: 'ak_1' } });
    // @ts-expect-error parameters are missing
    await call(WEBHOOK);
    // @ts-expect-error no such parameter
    await call('GET /apps/{appKey}', { params: { appKey: 'ak_1', webhook: 'w1' } });
    // @ts-expect-error no such filter
    await call('GET /apps/{appKey}/alerts', { params, query: { state: 'open' } });
    // @ts-expect-error no such status
    await call('GET /apps/{appKey}/alerts', { params, query: { status: 'closed' } });
    // @ts-expect-error the route takes no query
    await call(WEBHOOK, { params, query: { limit: 1 } });
    // @ts-expect-error the body is missing
    await call('POST /apps/{appKey}/webhooks', { params });
    // @ts-expect-error the body lacks its URL
    await call('POST /apps/{appKey}/webhooks', { params, body: { name: 'n' } });
    // @ts-expect-error the body has a field of another type
    await call('PATCH /apps/{appKey}/webhooks/{webhookId}', { params, body: { timeoutMs: '1' } });
    // @ts-expect-error the route takes no body
    await call('POST /auth/logout', { body: {} });
    // @ts-expect-error the route compares no revision
    await call('POST /apps/{appKey}/webhooks/{webhookId}/test', { params, ifRevision: 1 });
    expect(send).toHaveBeenCalledTimes(14);
  });
});
