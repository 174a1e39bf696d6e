import { AUDIT_ACTIONS } from '@im/contracts/api/access-constants';
import type { AuditSubject, ListedAuditEntry } from '@im/contracts/api/audit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activateLocale, translate } from '../../../i18n/i18n.js';
import { auditSentence, sentenceText } from './audit-sentence.js';

// The first time takes long, longer than a hook may.
await activateLocale('en');

const ID = '018f0000-0000-7000-8000-000000000001';
const NOTHING: AuditSubject = {
  ...{ event: null, rule: null, webhookId: null, webhookName: null, sourceId: null, sourceName: null },
};
const WEBHOOK = { ...NOTHING, webhookId: 'w1', webhookName: 'Moderation' };
const DELIVERY = { ...WEBHOOK, event: 'friend.request.sent' };
const SOURCE = { ...NOTHING, sourceId: 's1', sourceName: 'OpenIM' };

function entry(changes: Partial<ListedAuditEntry>): ListedAuditEntry {
  return {
    ...{ auditId: ID, action: 'auth.login', actor: 'admin', appKey: 'ak_1', targetId: 'x1', detail: {} },
    ...{ ipAddress: '192.0.2.1', at: '2026-05-21T08:00:00.000Z', subject: NOTHING },
    ...changes,
  };
}

const context = {
  t: translate,
  appName: (appKey: string) => (appKey === 'ak_1' ? 'Shop' : undefined),
};
const sentenceOf = (changes: Partial<ListedAuditEntry>) => auditSentence(entry(changes), context);
const textOf = (changes: Partial<ListedAuditEntry>) => sentenceText(sentenceOf(changes));

const SENTENCES: [Partial<ListedAuditEntry>, string, string][] = [
  [
    { action: 'delivery.redelivered', subject: DELIVERY },
    'admin 重新投递了 friend.request.sent → Moderation',
    'admin redelivered friend.request.sent → Moderation',
  ],
  [
    { action: 'webhook.updated', subject: WEBHOOK, detail: { fields: ['timeoutMs', 'url'] } },
    'admin 修改了回调 Moderation：超时、回调地址',
    'admin changed the webhook Moderation: Timeout, URL',
  ],
  [
    { action: 'webhook.deleted', detail: { url: 'https://example.com/•••' } },
    'admin 删除了回调 https://example.com/•••',
    'admin deleted the webhook https://example.com/•••',
  ],
  [
    { action: 'webhook.tested', subject: WEBHOOK, detail: { status: 'success', deliveryId: 'd1' } },
    'admin 向 Moderation 发送了测试：已送达',
    'admin sent a test to Moderation: Delivered',
  ],
  [
    { action: 'source.updated', subject: SOURCE, actor: 'token:ci' },
    'API 令牌 ci 修改了 IM 来源 OpenIM',
    'API token ci changed the IM source OpenIM',
  ],
  [
    { action: 'source.deleted', detail: { name: 'Old' } },
    'admin 删除了 IM 来源 Old',
    'admin deleted the IM source Old',
  ],
  [
    { action: 'member.created', detail: { email: 'li@example.com' } },
    'admin 添加了成员 li@example.com',
    'admin added the member li@example.com',
  ],
  [
    { action: 'app.deleted', appKey: 'ak_2', detail: { name: 'Gone' } },
    'admin 删除了应用 Gone',
    'admin deleted the app Gone',
  ],
  [
    { action: 'alert.acknowledged', subject: { ...WEBHOOK, rule: 'backlog' } },
    'admin 开始处理 Moderation 的告警「投递积压」',
    'admin acknowledged the alert “Backlog” of Moderation',
  ],
  [
    { action: 'deliveries.redelivered', detail: { accepted: 3 } },
    'admin 批量重新投递了 Shop 的 3 条投递',
    'admin redelivered 3 deliveries of Shop',
  ],
  [
    { action: 'delivery.canceled' },
    'admin 取消了一条投递 → 一个回调',
    'admin canceled a delivery → a webhook',
  ],
  [
    { action: 'source.updated', subject: { ...SOURCE, sourceName: '客服' } },
    'admin 修改了 IM 来源客服',
    'admin changed the IM source 客服',
  ],
  [{ action: 'tenant.updated' }, 'admin 修改了租户', 'admin changed the tenant'],
];

describe.each(['zh', 'en'] as const)('a sentence in %s', (locale) => {
  beforeAll(() => activateLocale(locale));
  afterAll(() => activateLocale('zh'));

  it.each(SENTENCES)('says of %j what was done', (changes, zh, en) => {
    expect(textOf(changes)).toBe(locale === 'zh' ? zh : en);
  });

  it.each(AUDIT_ACTIONS)('names the person who did %s, and fills every gap', (action) => {
    const detail = { name: 'Named', email: 'li@example.com', status: 'failed' };
    const subject = { ...DELIVERY, sourceId: 's1', sourceName: 'OpenIM', rule: 'slow' } as const;
    const text = textOf({ action, detail, subject, targetId: 'Target' });
    expect(text).toContain('admin');
    expect(text).not.toMatch(/[{}|\uE000\uE001]|settings[.]audit|undefined/);
  });

  it.each(AUDIT_ACTIONS)('shows no id when the entry of %s names nothing', (action) => {
    expect(textOf({ action, targetId: null })).not.toMatch(/[\da-f]{8}-|undefined|null/);
  });
});

beforeAll(() => activateLocale('zh'));

it('links the person, the delivery and the webhook', () => {
  expect(sentenceOf({ action: 'delivery.redelivered', subject: DELIVERY }).filter(({ to }) => to)).toEqual([
    { text: 'admin', to: '/settings/audit-log?actor=admin' },
    { text: 'friend.request.sent', to: '/apps/ak_1/deliveries?open=x1' },
    { text: 'Moderation', to: '/apps/ak_1/im-webhooks/w1' },
  ]);
});

it('links nothing that was deleted', () => {
  const links = (changes: Partial<ListedAuditEntry>) => sentenceOf(changes).filter(({ to }) => to);
  expect(links({ action: 'webhook.deleted', detail: { url: 'https://example.com' } })).toHaveLength(1);
  expect(links({ action: 'member.deleted', detail: { email: 'li@example.com' } })).toHaveLength(1);
  expect(links({ action: 'app.deleted', appKey: 'ak_2', detail: { name: 'Gone' } })).toHaveLength(1);
});
