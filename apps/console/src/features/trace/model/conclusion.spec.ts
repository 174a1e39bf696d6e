import type { TracedWebhook } from '@im/contracts/api/trace';
import { describe, expect, it } from 'vitest';
import { translate } from '../../../i18n/i18n.js';
import {
  sampleFailedAttempt,
  sampleTracedDelivery,
  sampleTracedEvent,
  sampleTracedWebhook,
} from '../../../testing/sample-trace.js';
import { concludeEvent, concludeTimeline } from './conclusion.js';
import { nameOf, outcomeText, type Wording } from './outcome-text.js';

const WORDING: Wording = { t: translate, locale: 'zh', localeTag: 'zh-CN' };
const since = '2026-11-01T00:00:00Z';

function withDelivery(
  outcome: TracedWebhook['outcome'],
  override: Parameters<typeof sampleTracedDelivery>[0],
) {
  const delivery = sampleTracedDelivery({
    status: 'pending',
    completedAt: null,
    attemptLog: [],
    ...override,
  });
  return sampleTracedWebhook({ outcome, deliveries: [delivery] });
}

const FILTERED = sampleTracedWebhook({
  name: '内容审核',
  outcome: 'filtered',
  decidedBy: { field: 'events', value: ['user.*', 'group.*'], revision: 3, since, by: 'li@example.com' },
  deliveries: [],
});
const FAILED = withDelivery('failed', {
  status: 'failed',
  attempts: 9,
  attemptLog: [sampleFailedAttempt(9)],
});

describe('the outcome of an event at a webhook', () => {
  it.each<[string, TracedWebhook, string]>([
    ['a later attempt', withDelivery('delivered', { status: 'success', attempts: 3 }), '第 3 次尝试成功'],
    ['no attempt yet', withDelivery('waiting', { attempts: 0 }), '正在等待第一次发送'],
    [
      'retries',
      withDelivery('waiting', { attempts: 2, attemptLog: [sampleFailedAttempt(2)] }),
      '接收方返回 500（接收方内部错误），已尝试 2 次，会继续重试',
    ],
    ['an open breaker', withDelivery('paused', { attempts: 0, heldBy: 'breaker' }), '此前连续失败'],
    ['a person who paused', withDelivery('paused', { attempts: 0, heldBy: 'person' }), '有人暂停'],
    ['exhausted attempts', FAILED, '尝试了 9 次，不会再自动重试'],
    ['its subscription then', FILTERED, '当时只订阅 user.*、group.*'],
    ['being disabled then', sampleTracedWebhook({ outcome: 'disabled', deliveries: [] }), '停用状态'],
    [
      'a decision of a before-callback, in the words of the service',
      sampleTracedWebhook({
        answer: { zh: '放行。', en: 'Allowed.' },
        deliveries: [sampleTracedDelivery({ kind: 'before' })],
      }),
      '放行。',
    ],
  ])('is told by %s', (_, webhook, text) => {
    expect(outcomeText(webhook, WORDING)).toContain(text);
  });
});

describe('the conclusion of an event', () => {
  it('leads with the worst, and is plain text for the customer', () => {
    const event = sampleTracedEvent({ webhooks: [sampleTracedWebhook(), FAILED, FILTERED] });
    const { verdict, title, plainText } = concludeEvent(event, WORDING);
    expect(verdict).toBe('failed');
    expect(title).toBe('有 1 个回调没有收到');
    const lines = plainText.split('\n');
    expect(lines[0]).toMatch(/^消息 m-1（message\.sent）已于 .+ 收到。$/);
    expect(lines.slice(1, 4).map((line) => line.slice(0, 7))).toEqual([
      '业务后台：已于',
      '业务后台：没有',
      '内容审核：没有',
    ]);
    expect(lines[4]).toMatch(/^时间为 .+。$/);
  });

  it('has a text for the customer without sources, hosts and the words of an internal failure', () => {
    const { lines, plainText } = concludeEvent(
      sampleTracedEvent({
        webhooks: [
          sampleTracedWebhook({ name: '', url: 'http://10.0.0.5/hook' }),
          sampleTracedWebhook({ outcome: 'missing', deliveries: [] }),
          sampleTracedWebhook({
            outcome: 'failed',
            answer: { zh: '连接 10.0.0.5 超时。', en: 'No answer of 10.0.0.5.' },
            deliveries: [sampleTracedDelivery({ kind: 'before', status: 'failed' })],
          }),
        ],
      }),
      WORDING,
    );
    expect(lines.map(({ name }) => name)).toEqual(['10.0.0.5', '业务后台', '业务后台']);
    expect(plainText).not.toMatch(/im-1|10\.0\.0\.5|保留期/);
    expect(plainText.split('\n').slice(1, 4)).toEqual([
      expect.stringMatching(/^回调 1：已于 .+ 送达。$/),
      '业务后台：没有投递记录。',
      '业务后台：事件发生前没有得到接收方的回答，按预设的策略处理。',
    ]);
  });

  it('counts a webhook that was turned off as one that did not get it', () => {
    const disabled = sampleTracedWebhook({ outcome: 'disabled', deliveries: [] });
    const { verdict, title } = concludeEvent(
      sampleTracedEvent({ webhooks: [sampleTracedWebhook(), disabled] }),
      WORDING,
    );
    expect([verdict, title]).toEqual(['failed', '有 1 个回调没有收到']);
  });

  it('says so when the app had no webhook', () => {
    const { verdict, plainText } = concludeEvent(sampleTracedEvent({ webhooks: [] }), WORDING);
    expect(verdict).toBe('unmatched');
    expect(plainText).toContain('应用当时没有回调。');
  });

  it('leaves webhooks out that did not exist then, unless there is no other', () => {
    const unborn = sampleTracedWebhook({ name: '新的', outcome: 'not_yet_created', deliveries: [] });
    const some = concludeEvent(sampleTracedEvent({ webhooks: [sampleTracedWebhook(), unborn] }), WORDING);
    expect(some.lines.map(({ name }) => name)).toEqual(['业务后台']);
    const none = concludeEvent(sampleTracedEvent({ webhooks: [unborn] }), WORDING);
    expect(none.verdict).toBe('unmatched');
    expect(none.lines.map(({ name }) => name)).toEqual(['新的']);
  });
});

describe('the conclusion of a time line', () => {
  it('counts the outcomes of the events', () => {
    const events = [sampleTracedEvent(), sampleTracedEvent(), sampleTracedEvent({ webhooks: [FAILED] })];
    const text = concludeTimeline('userId', 'u1', events, WORDING);
    expect(text).toContain('用户 u1 最近 3 个事件');
    expect(text).toContain('2 个已送达，1 个有回调没有收到。');
  });
});

describe('the name of a webhook', () => {
  it.each([
    ['its own', { name: '业务', url: 'https://a.example/x' }, '业务'],
    ['else its host', { name: '', url: 'https://a.example/x?y' }, 'a.example'],
  ])('is %s', (_, webhook, name) => {
    expect(nameOf(webhook)).toBe(name);
  });
});
