import type { Role } from '@im/contracts/api/auth';
import type { Webhook } from '@im/contracts/api/webhooks';
import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { logInAs } from '../../../testing/log-in-as.js';
import {
  pausedWebhook,
  sampleStats,
  sampleWebhook,
  webhookPausedByPerson,
} from '../../../testing/sample-webhook.js';
import WebhookHealth from './WebhookHealth.vue';

function show(webhook: Webhook, role: Role = 'developer') {
  logInAs(role);
  return mount(WebhookHealth, { props: { webhook, isBusy: false } });
}

describe('the health of a webhook in the list', () => {
  it('of a paused one shows the failures, what waits and how it goes on', async () => {
    const shown = show(pausedWebhook);
    expect(shown.text()).toContain('失败 12 次');
    expect(shown.text()).toContain('3 条在等');
    const button = shown.get('button');
    expect(button.text()).toBe('立即恢复');
    expect(button.attributes('aria-label')).toBe('立即恢复 https://example.com/hook');
    await button.trigger('click');
    expect(shown.emitted('restart')).toHaveLength(1);
  });

  it('shows what share of attempts succeeded and what share arrived, and never a rate of nothing', () => {
    const rates = { attemptSuccessRate: 0.5, deliveredRate: 0.25 };
    const failing = show(sampleWebhook({ health: 'failing', stats: sampleStats({ total: 4, ...rates }) }));
    expect(failing.get('[data-testid="health-text"]').text()).toBe('尝试成功率 50% 送达率 25%');
    const fresh = show(sampleWebhook());
    expect(fresh.get('[data-testid="health-text"]').text()).toContain('送达率 – · 还没有投递');
  });

  it('of one that a person paused says who, and offers to resume it', () => {
    const shown = show(webhookPausedByPerson);
    expect(shown.text()).toContain('人工暂停');
    expect(shown.text()).toContain('li@example.com 已暂停；3 条在等');
    expect(shown.get('button').text()).toBe('立即恢复');
  });

  it.each([
    ['by_person', '由成员停用'],
    ['gone', '接收方回复 410'],
    ['failing', '连续多日没有一次成功'],
  ] as const)('of one disabled (%s) says why and offers to enable it', (disabledReason, reason) => {
    const shown = show(sampleWebhook({ enabled: false, health: 'disabled', disabledReason }));
    expect(shown.text()).toContain(reason);
    expect(shown.get('button').text()).toBe('启用');
  });

  it('of a failing one that is still sent to shows the failures, and offers nothing to press', () => {
    const shown = show(sampleWebhook({ health: 'failing', consecutiveFailures: 3 }));
    expect(shown.get('[data-testid="health-tag"]').attributes('data-stopped')).toBeUndefined();
    expect(shown.find('button').exists()).toBe(false);
    expect(shown.get('[data-testid="health-tag"]').text()).toBe('失败 3 次');
  });

  it('offers support nothing to press', () => {
    expect(show(pausedWebhook, 'support').find('button').exists()).toBe(false);
  });
});
