import type { DeliveryDetail } from '@im/contracts/api/deliveries';
import { mount, RouterLinkStub } from '@vue/test-utils';
import { beforeEach, describe, expect, it } from 'vitest';
import { logInAs } from '../../../testing/log-in-as.js';
import DeliveryState from './DeliveryState.vue';
import NextAttempt from './NextAttempt.vue';

beforeEach(() => {
  logInAs('developer');
});

const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();
const PAST = inMs(-60_000);

function show(override: Partial<DeliveryDetail>) {
  const delivery: DeliveryDetail = {
    deliveryId: 'd1',
    callbackId: 'c1',
    eventId: 'e1',
    webhookId: 'w1',
    appKey: 'ak_1',
    event: 'message.sent',
    kind: 'event',
    status: 'pending',
    phase: 'retrying',
    heldBy: null,
    attempts: 2,
    maxAttempts: 9,
    nextAttemptAt: PAST,
    responseStatus: null,
    errorClass: null,
    errorMessage: null,
    durationMs: null,
    createdAt: PAST,
    completedAt: null,
    cancelReason: null,
    decision: null,
    decidedBy: null,
    url: 'https://example.com/hook',
    payload: {},
    receivedFrom: { kind: 'app_signature', name: 'ak_1' },
    isPayloadKept: true,
    isContentMasked: false,
    requestBody: '',
    attemptLog: [],
    ...override,
  };
  return mount(DeliveryState, {
    props: { delivery },
    global: { stubs: { RouterLink: RouterLinkStub } },
  });
}

describe('where a pending delivery stands', () => {
  it.each([
    ['due', PAST, null, /^第 3 次尝试即将开始/],
    ['due in a while', inMs(60_000), null, /^第 3 次尝试将在 \d:\d\d 后开始/],
    ['due behind an open breaker', PAST, 'breaker', /因连续失败.*恢复后才开始第 3 次尝试/],
    ['due later behind an open breaker', inMs(60_000), 'breaker', /最早在 \d:\d\d 后开始.*因连续失败/],
    ['due while a person holds it back', PAST, 'person', /有人暂停或停用了.*恢复后才开始第 3 次尝试/],
    ['due later while a person holds it back', inMs(60_000), 'person', /最早在 \d:\d\d 后开始；有人暂停/],
  ] as const)('when %s', (_, nextAttemptAt, heldBy, sentence) => {
    const state = show({ nextAttemptAt, heldBy });
    expect(state.text()).toMatch(sentence);
    expect(state.findComponent(RouterLinkStub).exists()).toBe(heldBy !== null);
  });

  it('leads to the webhook that it waits for', () => {
    const link = show({ heldBy: 'person' }).getComponent(RouterLinkStub);
    expect(link.props('to')).toBe('/apps/ak_1/im-webhooks/w1');
  });
});

describe('the state of a delivery that was not sent', () => {
  it.each([
    [{ status: 'canceled', cancelReason: 'by_person' }, /^投递已取消/],
    [{ status: 'canceled', cancelReason: null }, /^投递已取消/],
    [{ status: 'canceled', cancelReason: 'webhook_disabled' }, /停用回调地址时选择了取消/],
    [{ status: 'canceled', cancelReason: 'retention' }, /已超过保留期/],
    [{ status: 'skipped', attempts: 0 }, /^事件到达时回调地址处于停用状态/],
    [{ status: 'skipped', attempts: 1 }, /^等待重试期间回调地址被停用/],
  ] as const)('is described with the reason: %o', (override, sentence) => {
    expect(show({ phase: null, ...override }).text()).toMatch(sentence);
  });
});

describe('what a before-callback came to', () => {
  it.each([
    [{ decision: 'deny', decidedBy: 'receiver' }, '前置回调：拒绝，由接收端决定。只询问一次，不会重试。'],
    [
      { status: 'failed', decision: 'allow', decidedBy: 'invalid_answer' },
      '前置回调：放行，由策略（回答无效）决定。',
    ],
  ] as const)('is said with who decided: %o', (override, sentence) => {
    const base = { kind: 'before', status: 'success', phase: null, nextAttemptAt: null } as const;
    expect(show({ ...base, ...override }).text()).toContain(sentence);
  });
});

describe('the next attempt in the log', () => {
  it.each([
    [PAST, false, '即将发送'],
    [PAST, true, '恢复后发送'],
  ])('that is due (%s, held back: %s) reads %s', (at, isHeldBack, text) => {
    expect(mount(NextAttempt, { props: { at, isHeldBack } }).text()).toBe(text);
  });

  it('that is not due yet counts down either way', () => {
    for (const isHeldBack of [true, false]) {
      const shown = mount(NextAttempt, { props: { at: inMs(90_000), isHeldBack } });
      expect(shown.text()).toMatch(/^1:\d\d$/);
    }
  });
});
