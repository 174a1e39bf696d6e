import { describe, expect, it } from 'vitest';
import { notice, noticedAlert } from '../../../testing/noticed-alert.js';
import { composeMessage, composeTestMessage, type MessageContext } from './compose-message.js';

const zh: MessageContext = {
  language: 'zh',
  publicUrl: 'https://console.example',
  now: new Date('2026-11-21T08:12:30.000Z'),
};
const en: MessageContext = { ...zh, language: 'en' };
const factsOf = (...args: Parameters<typeof composeMessage>) =>
  composeMessage(...args).facts.map(({ label, value }) => `${label}: ${value}`);

describe('a message about one alert', () => {
  it('says in Chinese what, where, how bad, since when and why', () => {
    expect(composeMessage([notice()], zh)).toMatchObject({
      tone: 'critical',
      title: '告警触发（严重）：Chat / Orders',
    });
    expect(factsOf([notice()], zh)).toEqual([
      '应用: Chat',
      '回调地址: Orders (hooks.example)',
      '规则: 连续失败',
      '情况: 已连续失败 12 次',
      '最近一次错误: HTTP 500, 接收方内部错误',
      '开始于: 2026-11-21 08:00:00 UTC（已持续 12 分钟）',
    ]);
  });

  it('says the same in English', () => {
    expect(composeMessage([notice()], en).title).toBe('Alert opened (critical): Chat / Orders');
    expect(factsOf([notice()], en)).toEqual([
      'App: Chat',
      'Webhook: Orders (hooks.example)',
      'Rule: Failures in a row',
      'What happened: 12 failures in a row',
      'Last error: HTTP 500, receiver failed inside',
      'Since: 2026-11-21 08:00:00 UTC (for 12 minutes)',
    ]);
  });

  it('never shows more of the receiver’s URL than its host', () => {
    for (const context of [zh, en]) {
      expect(JSON.stringify(composeMessage([notice()], context))).not.toMatch(/secret-path|secret-query/);
    }
  });

  it('leads to the alert and to its deliveries', () => {
    expect(composeMessage([notice()], en).links.map(({ url }) => url)).toEqual([
      'https://console.example/apps/ak_1/im-webhook-alerts?webhookId=0198c1f2-7a10-7b3c-8d4e-0000000000e1',
      'https://console.example/apps/ak_1/im-webhooks/0198c1f2-7a10-7b3c-8d4e-0000000000e1/deliveries?open=0198c1f2-7a10-7b3c-8d4e-0000000000d1',
    ]);
    expect(composeMessage([notice()], { ...en, publicUrl: null }).links).toEqual([]);
    const ofApp = composeMessage([notice({}, { webhookId: null })], en);
    expect(ofApp.links.map(({ url }) => url)).toEqual([
      'https://console.example/apps/ak_1/im-webhook-alerts',
    ]);
  });

  it.each([
    ['escalated', 'critical', '告警升级（严重）：Chat / Orders', 'Alert escalated (critical): Chat / Orders'],
    [
      'reminder',
      'warning',
      '告警仍未恢复（警告）：Chat / Orders',
      'Alert still open (warning): Chat / Orders',
    ],
    ['resolved', 'critical', '告警恢复：Chat / Orders', 'Alert resolved: Chat / Orders'],
  ] as const)('that %s has its own title', (kind, severity, inChinese, inEnglish) => {
    expect(composeMessage([notice({ kind, severity })], zh).title).toBe(inChinese);
    expect(composeMessage([notice({ kind, severity })], en).title).toBe(inEnglish);
  });

  it.each([
    ['system', '恢复于: 2026-11-21 09:30:00 UTC, 自动恢复'],
    ['li@example.com', '恢复于: 2026-11-21 09:30:00 UTC, 由 li@example.com 处理'],
  ])('that ended by %s says so, and how long it took', (resolvedBy, text) => {
    const ended = { status: 'resolved', resolvedAt: '2026-11-21T09:30:00.000Z', resolvedBy } as const;
    const message = composeMessage([notice({ kind: 'resolved' }, ended)], zh);
    expect(message.tone).toBe('resolved');
    expect(factsOf([notice({ kind: 'resolved' }, ended)], zh)).toEqual(
      expect.arrayContaining(['开始于: 2026-11-21 08:00:00 UTC（已持续 1 小时）', text]),
    );
  });

  it('about a source names it and its kind, and leads to it', () => {
    const ofSource = {
      rule: 'source_silent',
      webhookId: null,
      sourceId: '0198c1f2-7a10-7b3c-8d4e-0000000000b1',
      detail: { sourceName: 'Main', sourceKind: 'tencent-im', silentMinutes: 61, threshold: 60 },
    } as const;
    const notices = [notice({}, ofSource)] as const;
    expect(composeMessage([...notices], zh)).toMatchObject({
      title: '告警触发（严重）：Chat / Main',
      links: [
        {
          label: '查看告警',
          url: 'https://console.example/apps/ak_1/im-webhook-alerts?rule=source_silent',
        },
        {
          label: '查看来源',
          url: 'https://console.example/apps/ak_1/sources/0198c1f2-7a10-7b3c-8d4e-0000000000b1',
        },
      ],
    });
    expect(factsOf([...notices], zh).slice(0, 4)).toEqual([
      '应用: Chat',
      'IM 来源: Main (腾讯云 IM)',
      '规则: IM 来源没有动静',
      '情况: 已 1 小时没有收到任何请求',
    ]);
    expect(factsOf([...notices], en).slice(1, 4)).toEqual([
      'IM source: Main (Tencent Cloud Chat)',
      'Rule: Source sends nothing',
      'What happened: Nothing received for 1 hour',
    ]);
  });

  it('shows an error class of a newer version as it is', () => {
    const { detail } = noticedAlert();
    const facts = factsOf([notice({}, { detail: { ...detail, lastErrorClass: 'future_class' } })], en);
    expect(facts).toContain('Last error: HTTP 500, future_class');
  });

  it('keeps what users typed on one line', () => {
    const { detail } = noticedAlert();
    const { title } = composeMessage(
      [notice({}, { detail: { ...detail, webhookName: 'a\n### b\u202e' } })],
      en,
    );
    expect(title).toBe('Alert opened (critical): Chat / a ### b');
  });
});

it('several notices have a line each, and the gravest gives the tone', () => {
  const resolved = notice({ kind: 'resolved', severity: 'critical' });
  const warning = notice({ severity: 'warning' });
  expect(composeMessage([resolved, warning, notice()], zh)).toMatchObject({
    tone: 'critical',
    title: '告警通知 3 条（其中严重 1 条）',
    facts: [],
    lines: [
      '【恢复】Chat / Orders：已连续失败 12 次',
      '【触发 · 警告】Chat / Orders：已连续失败 12 次',
      '【触发 · 严重】Chat / Orders：已连续失败 12 次',
    ],
  });
  expect(composeMessage([resolved, resolved], en)).toMatchObject({
    tone: 'resolved',
    title: 'Alerts: 2 notices, 0 of them critical',
  });
  expect(composeMessage([resolved, warning], en).links).toEqual([
    { label: 'Open the alert: Chat', url: 'https://console.example/apps/ak_1/im-webhook-alerts' },
  ]);
});

it('a summary of quiet hours says how many there were and names some', () => {
  const alerts = [noticedAlert(), noticedAlert({ status: 'resolved', severity: 'warning' })];
  const content = { app: { appKey: 'ak_1', name: 'Chat' }, alerts, counts: { total: 7, unresolved: 3 } };
  expect(composeMessage([notice({ kind: 'summary', content })], zh)).toMatchObject({
    tone: 'critical',
    title: '静默时段的告警：Chat 共 7 条，3 条尚未恢复',
    lines: [
      '【触发 · 严重】Chat / Orders：已连续失败 12 次',
      '【恢复】Chat / Orders：已连续失败 12 次',
      '……另有 5 条',
    ],
  });
});

it('every title contains the keyword that robots can be set to require', () => {
  for (const kind of ['opened', 'escalated', 'resolved', 'reminder', 'summary'] as const) {
    expect(composeMessage([notice({ kind })], zh).title).toContain('告警');
    expect(composeMessage([notice({ kind })], en).title).toContain('Alert');
    expect(composeMessage([notice({ kind }), notice()], zh).title).toContain('告警');
    expect(composeMessage([notice({ kind }), notice()], en).title).toContain('Alert');
  }
  expect(composeTestMessage('x', zh).title).toContain('告警');
  expect(composeTestMessage('x', en).title).toContain('Alert');
});
