import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { pausedWebhook, sampleStats, sampleWebhook } from '../../../testing/sample-webhook.js';
import WebhookFigures from './WebhookFigures.vue';

describe('the figures of a webhook', () => {
  it('of a paused one show that nothing succeeded, although nothing was given up yet', () => {
    const stats = { ...pausedWebhook.stats, failed: 0, attempts: 14 };
    const shown = mount(WebhookFigures, { props: { webhook: { ...pausedWebhook, stats } } });
    expect(shown.get('[data-testid="figure-attemptSuccessRate"]').text()).toBe('0%');
    expect(shown.get('[data-testid="figure-deliveredRate"]').text()).toBe('0%');
  });

  it('say what waits next to a rate of 100 %', () => {
    const stats = sampleStats({ total: 5, succeeded: 2, pending: 3, attemptSuccessRate: 1 });
    const shown = mount(WebhookFigures, { props: { webhook: sampleWebhook({ stats }) } });
    expect(shown.get('[data-testid="figure-attemptSuccessRate"]').text()).toMatch(/100%\s*3 条在等/);
    expect(shown.get('[data-testid="figure-deliveredRate"]').text()).toMatch(/–\s*满 1 分钟后计入/);
  });
});
