import { mount, RouterLinkStub } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import type { FollowedDelivery } from '../composables/use-delivery-detail.js';
import DeliveryState from './DeliveryState.vue';
import NextAttempt from './NextAttempt.vue';

const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();
const PAST = inMs(-60_000);

function show(override: Partial<FollowedDelivery>) {
  const delivery: FollowedDelivery = {
    deliveryId: 'd1',
    callbackId: 'c1',
    eventId: 'e1',
    webhookId: 'w1',
    appKey: 'ak_1',
    event: 'message.sent',
    kind: 'event',
    status: 'pending',
    attempts: 2,
    maxAttempts: 9,
    nextAttemptAt: PAST,
    responseStatus: null,
    errorClass: null,
    errorMessage: null,
    durationMs: null,
    createdAt: PAST,
    completedAt: null,
    url: 'https://example.com/hook',
    payload: {},
    isPayloadKept: true,
    isContentMasked: false,
    requestBody: '',
    attemptLog: [],
    isHeldBack: false,
    ...override,
  };
  return mount(DeliveryState, {
    props: { delivery },
    global: { stubs: { RouterLink: RouterLinkStub } },
  });
}

describe('where a pending delivery stands', () => {
  it.each([
    ['due', PAST, false, /^第 3 次尝试即将开始/],
    ['due in a while', inMs(60_000), false, /^第 3 次尝试将在 \d:\d\d 后开始/],
    ['due while its webhook is paused', PAST, true, /被暂停，恢复后才开始第 3 次尝试/],
    ['due later while its webhook is paused', inMs(60_000), true, /最早在 \d:\d\d 后开始.*被暂停/],
  ])('when %s', (_, nextAttemptAt, isHeldBack, sentence) => {
    const state = show({ nextAttemptAt, isHeldBack });
    expect(state.text()).toMatch(sentence);
    expect(state.findComponent(RouterLinkStub).exists()).toBe(isHeldBack);
  });

  it('leads to the webhook that it waits for', () => {
    const link = show({ isHeldBack: true }).getComponent(RouterLinkStub);
    expect(link.props('to')).toBe('/apps/ak_1/im-webhooks/w1');
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
