import type { Alert } from '@im/contracts/api/alerts';
import { mount, RouterLinkStub } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it } from 'vitest';
import { useSessionStore } from '../../../stores/session.js';
import AlertItem from './AlertItem.vue';

const OF_SOURCE: Alert = {
  alertId: 'a1',
  appKey: 'ak_1',
  rule: 'source_silent',
  severity: 'warning',
  status: 'resolved',
  webhookId: null,
  sourceId: 's1',
  detail: { sourceName: '生产环境', sourceKind: 'openim', silentMinutes: 75, threshold: 60 },
  deliveries: {},
  openedAt: '2026-05-21T08:00:00.000Z',
  escalatedAt: null,
  acknowledgedAt: null,
  acknowledgedBy: null,
  resolvedAt: null,
  resolvedBy: null,
};

beforeEach(() => {
  setActivePinia(createPinia());
});

function show(role: 'developer' | 'support', override: Partial<Alert> = {}) {
  const session = useSessionStore();
  session.user = { email: 'a@example.com', name: 'A', role } as typeof session.user;
  return mount(AlertItem, {
    props: { alert: { ...OF_SOURCE, ...override } },
    global: { stubs: { RouterLink: RouterLinkStub } },
  });
}

it('of a source names it and its kind, says what is wrong, and leads to it', () => {
  const item = show('developer');
  expect(item.get('[data-testid="alert-source"]').text()).toBe('生产环境OpenIM');
  expect(item.get('[data-testid="alert-detail"]').text()).toBe('已 1 小时 15 分钟没有收到任何请求');
  expect(item.findAllComponents(RouterLinkStub).map((link) => link.props('to') as unknown)).toEqual([
    { path: '/apps/ak_1/sources/s1', query: { tab: 'checklist' } },
  ]);
});

it('leads to no source that the person may not open', () => {
  expect(show('support').findAllComponents(RouterLinkStub)).toEqual([]);
});

it('of a webhook leads to its deliveries', () => {
  const item = show('developer', {
    rule: 'slow',
    webhookId: 'w1',
    sourceId: null,
    detail: { webhookName: 'Orders', webhookUrl: 'https://example.com/hook' },
  });
  expect(item.find('[data-testid="alert-source"]').exists()).toBe(false);
  expect(item.get('[data-testid="alert-log"]').text()).toBe('投递日志');
});
