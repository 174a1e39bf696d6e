import type { DeliveryDetail } from '@im/contracts/api/deliveries';
import { flushPromises, mount } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { revealDelivery } from '../deliveries.api.js';
import { logInAs, welcomeGuest } from '../../../testing/log-in-as.js';
import DeliveryContent from './DeliveryContent.vue';

beforeEach(() => {
  logInAs('developer');
});

vi.mock('../deliveries.api.js', () => ({ revealDelivery: vi.fn() }));

const MASKED: DeliveryDetail = {
  deliveryId: 'd1',
  callbackId: 'c1',
  eventId: 'e1',
  webhookId: 'w1',
  appKey: 'ak_1',
  event: 'message.sent',
  kind: 'event',
  status: 'success',
  phase: null,
  heldBy: null,
  attempts: 1,
  maxAttempts: 9,
  nextAttemptAt: null,
  responseStatus: 200,
  errorClass: null,
  errorMessage: null,
  durationMs: 12,
  createdAt: '2026-11-21T08:00:00.000Z',
  completedAt: '2026-11-21T08:00:01.000Z',
  cancelReason: null,
  decision: null,
  decidedBy: null,
  url: 'https://example.com/hook',
  receivedFrom: { kind: 'app_signature', name: 'ak_1' },
  isPayloadKept: true,
  isContentMasked: true,
  payload: { messageId: 'm-1', text: '***' },
  requestBody: '{}',
  attemptLog: [],
};
const REVEALED = {
  ...MASKED,
  isContentMasked: false,
  payload: { messageId: 'm-1', text: 'see you at noon' },
};

const HINT = '[data-testid="content-masked"]';
const BUTTON = '[data-testid="reveal-content"]';
const show = (delivery: DeliveryDetail) =>
  mount(DeliveryContent, { props: { delivery, place: { tab: 'payload' } } });

afterEach(() => vi.mocked(revealDelivery).mockReset());

describe('the content of a delivery', () => {
  it('that is masked says so, and is shown once it is asked for', async () => {
    vi.mocked(revealDelivery).mockResolvedValue(REVEALED);
    const shown = show(MASKED);
    expect(shown.get(HINT).text()).toContain('审计日志');
    expect(shown.text()).toContain('m-1');
    await shown.get(BUTTON).trigger('click');
    await flushPromises();
    expect(revealDelivery).toHaveBeenCalledExactlyOnceWith('ak_1', 'd1');
    expect(shown.text()).toContain('see you at noon');
    expect(shown.find(HINT).exists()).toBe(false);
  });

  it('of another delivery is masked again', async () => {
    vi.mocked(revealDelivery).mockResolvedValue(REVEALED);
    const shown = show(MASKED);
    await shown.get(BUTTON).trigger('click');
    await flushPromises();
    await shown.setProps({ delivery: { ...MASKED, deliveryId: 'd2' } });
    expect(shown.find(HINT).exists()).toBe(true);
    expect(shown.text()).not.toContain('see you at noon');
  });

  it('stays masked when the server refuses', async () => {
    vi.mocked(revealDelivery).mockRejectedValue(new Error('no'));
    const shown = show(MASKED);
    await shown.get(BUTTON).trigger('click');
    await flushPromises();
    expect(shown.find(HINT).exists()).toBe(true);
  });

  it('stays masked for a guest, who is told that the link does not show it', () => {
    welcomeGuest();
    const shown = show(MASKED);
    expect(shown.get(HINT).text()).toContain('这个链接不允许查看');
    expect(shown.find(BUTTON).exists()).toBe(false);
  });

  it('that is not masked offers nothing to reveal', () => {
    expect(show(REVEALED).find(HINT).exists()).toBe(false);
  });
});
