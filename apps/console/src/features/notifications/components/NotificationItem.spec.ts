import type { Notification } from '@im/contracts/api/notification-channels';
import { RouterLinkStub, mount } from '@vue/test-utils';
import { expect, it } from 'vitest';
import NotificationItem from './NotificationItem.vue';

const notification: Notification = {
  notificationId: 'n1',
  channelId: 'c1',
  appKey: 'ak_1',
  kind: 'opened',
  severity: 'critical',
  alertId: 'a1',
  rule: 'consecutive_failures',
  webhookName: '订单系统',
  sourceName: null,
  alerts: 1,
  status: 'pending',
  attempts: 2,
  maxAttempts: 6,
  createdAt: '2026-05-21T08:00:00.000Z',
  lastAttemptAt: '2026-05-21T08:00:30.000Z',
  nextAttemptAt: '2026-05-21T08:02:30.000Z',
  completedAt: null,
  durationMs: 120,
  responseStatus: 200,
  responseBody: '{"errcode":310000}',
  errorMessage: 'keywords not in content',
};

function show(override: Partial<Notification> = {}) {
  return mount(NotificationItem, {
    props: { notification: { ...notification, ...override } },
    global: { stubs: { RouterLink: RouterLinkStub } },
  });
}

it('says its subject, how far it came, why not further, and when it goes on', () => {
  const item = show();
  for (const part of [
    '等待中',
    '告警触发',
    '严重',
    '订单系统 · 连续失败',
    '第 2 次，最多 6 次',
    '对方回复 200',
    '下次尝试',
    'keywords not in content',
    '{"errcode":310000}',
  ]) {
    expect(item.text()).toContain(part);
  }
  expect(item.getComponent(RouterLinkStub).props('to')).toBe('/apps/ak_1/im-webhook-alerts');
});

it('of a summary says how many alerts there are', () => {
  const item = show({
    kind: 'summary',
    alertId: null,
    rule: null,
    webhookName: null,
    alerts: 7,
    status: 'sent',
    nextAttemptAt: null,
  });
  expect(item.text()).toContain('静默时段汇总');
  expect(item.text()).toContain('7 条告警');
  expect(item.text()).not.toContain('下次尝试');
});
