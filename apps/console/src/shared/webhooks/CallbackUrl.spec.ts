import { flushPromises, mount } from '@vue/test-utils';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { logInAs, welcomeGuest } from '../../testing/log-in-as.js';
import CallbackUrl from './CallbackUrl.vue';
import { revealWebhookUrl } from './webhooks.api.js';

beforeEach(() => {
  logInAs('developer');
});

vi.mock('./webhooks.api.js', () => ({ revealWebhookUrl: vi.fn() }));

const MASKED = 'https://example.com/hook/****';
const WHOLE = 'https://example.com/hook/3f2504e0';
const REVEAL = '[data-testid="reveal-url"]';
const show = (url: string) => mount(CallbackUrl, { props: { url, appKey: 'ak_1', webhookId: 'w1' } });

beforeEach(() => {
  vi.mocked(revealWebhookUrl).mockResolvedValue({ url: WHOLE });
});

describe('a callback URL', () => {
  it('that is whole can be copied, and there is nothing to ask for', () => {
    const shown = show(WHOLE);
    expect(shown.find(REVEAL).exists()).toBe(false);
    expect(shown.get('button').attributes('aria-label')).toBe('复制 回调地址');
  });

  it('that is masked stays so for a guest', () => {
    welcomeGuest();
    expect(show(MASKED).find('button').exists()).toBe(false);
  });

  it('that is masked is shown whole once it is asked for, and masked again for another webhook', async () => {
    const shown = show(MASKED);
    expect(shown.text()).toContain(MASKED);
    await shown.get(REVEAL).trigger('click');
    await flushPromises();
    expect(revealWebhookUrl).toHaveBeenCalledWith('ak_1', 'w1');
    expect(shown.get('[data-testid="callback-url"]').text()).toBe(WHOLE);
    expect(shown.find(REVEAL).exists()).toBe(false);
    await shown.setProps({ webhookId: 'w2' });
    expect(shown.get('[data-testid="callback-url"]').text()).toBe(MASKED);
  });
});
