import type { WebhookRevision } from '@im/contracts/api/webhook-revisions';
import { RETRY_PRESETS } from '@im/contracts/api/retry-presets';
import { mount } from '@vue/test-utils';
import { expect, it } from 'vitest';
import { sampleWebhook } from '../../../testing/sample-webhook.js';
import RevisionItem from './RevisionItem.vue';

function show(override: Partial<WebhookRevision>): string {
  const revision: WebhookRevision = {
    webhookId: 'w1',
    revision: 3,
    at: '2026-11-21T08:00:00.000Z',
    by: 'li@example.com',
    kind: 'updated',
    changes: [],
    settings: { ...sampleWebhook(), paused: false, isSecretStaged: false },
    ...override,
  };
  return mount(RevisionItem, { props: { revision } }).text();
}

it.each<[WebhookRevision['changes'][number], string[]]>([
  [
    { field: 'url', before: 'https://a.example', after: 'https://b.example' },
    ['https://a.example', 'https://b.example'],
  ],
  [{ field: 'events', before: [], after: ['message.*'] }, ['订阅事件', '全部事件', 'message.*']],
  [{ field: 'timeoutMs', before: 10_000, after: 2_500 }, ['超时', '10 s', '2.5 s']],
  [{ field: 'enabled', before: true, after: false }, ['启用', '停用']],
  [{ field: 'paused', before: false, after: true }, ['人工暂停', '未暂停', '已暂停']],
  [{ field: 'headers.X-Tenant', before: null, after: 'north' }, ['X-Tenant', 'north']],
  [{ field: 'headers.Authorization', before: 'Bear****', after: 'Bear****' }, ['Authorization', '已更换']],
  [{ field: 'secret', before: 'none', after: 'set' }, ['密钥', '已设置']],
  [{ field: 'secret', before: 'set', after: 'set' }, ['密钥', '已更换']],
  [{ field: 'nextSecret', before: 'staged', after: 'activated' }, ['待启用', '已启用']],
  [
    {
      field: 'before',
      before: null,
      after: { events: ['message.sent'], deadlineMs: 1_500, onFailure: 'deny' },
    },
    ['前置回调', '无', 'message.sent', '1.5 s', '拒绝'],
  ],
  [
    { field: 'events', before: ['message.*', 'group.created'], after: ['message.*', 'friend.*'] },
    ['订阅事件', '+ friend.*', '− group.created'],
  ],
  [
    { field: 'retryPolicy', before: RETRY_PRESETS.standard, after: RETRY_PRESETS.quick },
    ['重试策略', '标准', '快速'],
  ],
  [
    {
      field: 'retryPolicy',
      before: RETRY_PRESETS.standard,
      after: { ...RETRY_PRESETS.standard, maxAttempts: 4, scheduleMs: [5_000, 90_000] },
    },
    ['重试策略 · 最多尝试次数', '9', '4', '重试策略 · 时间表', '5s, 90s'],
  ],
  [
    { field: 'batch', before: null, after: { maxEvents: 100, maxWaitMs: 500 } },
    ['合并投递', '逐条投递', '每批最多 100 个事件', '500 ms'],
  ],
  [{ field: 'format', before: 'im', after: 'cloudevents' }, ['IM 信封', 'CloudEvents 1.0']],
  [{ field: 'ordering', before: 'none', after: 'conversation' }, ['不保证顺序', '按会话保序']],
  [{ field: 'rateLimitPerSecond', before: 0, after: 20 }, ['不限速', '每秒最多 20 次请求']],
  [{ field: 'disabledReason', before: null, after: 'gone' }, ['接收方回复 410']],
  [{ field: 'ofANewerServer', before: 1, after: 2 }, ['ofANewerServer', '1', '2']],
])('describes a change of %j', (change, texts) => {
  const text = show({ changes: [change] });
  for (const each of [...texts, 'li@example.com', '3']) expect(text).toContain(each);
});

it.each([
  [{ kind: 'created' }, '创建'],
  [{ kind: 'deleted', by: 'system' }, '系统'],
] as const)('says what happened: %j', (override, word) => {
  expect(show(override)).toContain(word);
});
