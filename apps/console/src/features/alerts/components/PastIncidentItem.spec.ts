import type { Alert } from '@im/contracts/api/alerts';
import { mount, RouterLinkStub } from '@vue/test-utils';
import { expect, it } from 'vitest';
import { logInAs } from '../../../testing/log-in-as.js';
import { pastIncidentsOf } from '../model/incidents.js';
import PastIncidentItem from './PastIncidentItem.vue';

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
  resolvedAt: '2026-05-21T08:12:00.000Z',
  resolvedBy: 'li@example.com',
};
const OF_WEBHOOK: Alert = {
  ...OF_SOURCE,
  ...{ rule: 'slow', webhookId: 'w1', sourceId: null },
  detail: { webhookName: 'Orders', webhookUrl: 'https://example.com/hook' },
};

function show(role: 'developer' | 'support', ...alerts: Alert[]) {
  logInAs(role);
  const [incident] = pastIncidentsOf(alerts);
  return mount(PastIncidentItem, {
    props: { incident: incident! },
    global: { stubs: { RouterLink: RouterLinkStub } },
  });
}
const targetsIn = (item: ReturnType<typeof show>) =>
  item.findAllComponents(RouterLinkStub).map((link) => link.props('to') as unknown);

it('of a source names it and its kind, says what was wrong and for how long, and leads to it', () => {
  const item = show('developer', OF_SOURCE);
  expect(item.text()).toContain('生产环境OpenIM');
  expect(item.text()).toContain('持续 12 分钟');
  expect(item.get('[data-testid="alert-detail"]').text()).toBe('已 1 小时 15 分钟没有收到任何请求');
  const page = { path: '/apps/ak_1/sources/s1', query: { tab: 'checklist' } };
  expect(targetsIn(item)).toEqual([page, page]);
});

it('leads to no source that the person may not open', () => {
  expect(targetsIn(show('support', OF_SOURCE))).toEqual([]);
});

it('has a line for each rule, with what happened to it and by whom', () => {
  const failing: Alert = { ...OF_WEBHOOK, alertId: 'a2', rule: 'consecutive_failures', severity: 'critical' };
  const item = show('developer', OF_WEBHOOK, failing);
  const lines = item.findAll('[data-testid="alert"]');
  expect(lines.map((line) => line.attributes('data-rule'))).toEqual(['consecutive_failures', 'slow']);
  expect(lines[0]!.text()).toContain('由 li@example.com');
  expect(item.get('[data-testid="incident-subject"]').text()).toBe('Orders');
});
