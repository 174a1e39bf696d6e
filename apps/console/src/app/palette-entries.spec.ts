import type { AppSummary } from '@im/contracts/api/apps';
import type { Webhook } from '@im/contracts/api/webhooks';
import { describe, expect, it } from 'vitest';
import { paletteEntries, type PaletteSources } from './palette-entries.js';

const sources: PaletteSources = {
  pages: [
    { text: '投递', to: '/apps/ak_1/deliveries' },
    { text: '成员', to: '/settings/members' },
  ],
  apps: [
    { appKey: 'ak_1', name: '客服系统' } as AppSummary,
    { appKey: 'ak_2', name: 'Orders' } as AppSummary,
  ],
  locationOf: ({ appKey }) => `/apps/${appKey}`,
  webhooks: [
    { appKey: 'ak_1', webhookId: 'w1', name: '订单系统', url: 'https://orders.example/hook' } as Webhook,
    { appKey: 'ak_1', webhookId: 'w2', name: '', url: 'https://audit.example/in' } as Webhook,
  ],
  traceIn: 'ak_1',
  traceText: (id) => `为什么没收到：${id}`,
};
const texts = (typed: string, given = sources) => paletteEntries(typed, given).map(({ text }) => text);

describe('the command palette', () => {
  it('offers everything before anything is typed', () => {
    expect(texts('')).toEqual(['投递', '成员', '客服系统', 'Orders', '订单系统', 'https://audit.example/in']);
  });

  it.each([
    ['a page', '成', ['成员']],
    ['an app, in any case', 'orders', ['Orders', '订单系统']],
    ['a webhook by its address', 'audit.example', ['https://audit.example/in']],
    ['each word somewhere', 'example 订单', ['订单系统']],
  ])('finds %s', (_, typed, expected) => {
    expect(texts(typed)).toEqual(expected);
  });

  it.each(['01a2b3c4-0000-7000-8000-000000000001', 'msg_42', 'si_u1_u2', '3141592653589793'])(
    'traces the id %s first',
    (id) => {
      const [first] = paletteEntries(` ${id} `, sources);
      expect(first).toMatchObject({ group: 'trace', to: { path: '/apps/ak_1/trace', query: { q: id } } });
    },
  );

  it('traces any word that nothing else is called', () => {
    expect(texts('zhangsan')).toEqual(['为什么没收到：zhangsan']);
  });

  it('traces nothing without an app, and no text longer than an id', () => {
    expect(texts('msg_42', { ...sources, traceIn: null })).toEqual([]);
    expect(texts('1'.repeat(201))).toEqual([]);
  });
});
