import type { Role } from '@im/contracts/api/auth';
import type { Webhook } from '@im/contracts/api/webhooks';
import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { logInAs } from '../../testing/log-in-as.js';
import { pausedWebhook, sampleWebhook, webhookPausedByPerson } from '../../testing/sample-webhook.js';
import StoppedNotice from './StoppedNotice.vue';

function show(webhook: Webhook, role: Role = 'developer') {
  logInAs(role);
  return mount(StoppedNotice, { props: { webhook, isBusy: false } });
}

const disabled = (disabledReason: Webhook['disabledReason']) =>
  sampleWebhook({ enabled: false, health: 'disabled', disabledReason });

describe('the notice of a webhook that gets nothing', () => {
  it.each([
    ['paused', pausedWebhook, ['连续失败 12 次', '3 条投递在等待', '自动恢复'], '立即恢复'],
    ['paused by a person', webhookPausedByPerson, ['li@example.com 暂停了', '3 条投递在等待'], '立即恢复'],
    ['disabled by a person', disabled('by_person'), ['已停用', '由成员停用', '已跳过'], '启用'],
    ['disabled after a 410', disabled('gone'), ['410', '不再接收'], '启用'],
    ['disabled after days of failures', disabled('failing'), ['连续多日没有一次成功'], '启用'],
  ] as const)('says why it is %s, and offers the way out', async (_, webhook, texts, action) => {
    const notice = show(webhook);
    for (const text of texts) expect(notice.text()).toContain(text);
    const button = notice.get('button');
    expect(button.text()).toBe(action);
    await button.trigger('click');
    expect(notice.emitted('restart')).toHaveLength(1);
  });

  it('says that what waits for a disabled webhook goes out once it is enabled', () => {
    const { stats } = pausedWebhook;
    expect(show({ ...disabled('gone'), stats }).text()).toContain('3 条投递在等待，启用后发出');
    expect(show(disabled('gone')).find('[data-testid="kept-waiting"]').exists()).toBe(false);
  });

  it.each([
    [webhookPausedByPerson, '管理员或开发者可以立即恢复'],
    [pausedWebhook, '管理员或开发者可以立即恢复'],
    [disabled('gone'), '管理员或开发者可以重新启用'],
  ])('says to support who can help instead (%#)', (webhook, text) => {
    const notice = show(webhook, 'support');
    expect(notice.find('button').exists()).toBe(false);
    expect(notice.text()).toContain(text);
  });

  it('is not there while callbacks are sent', () => {
    expect(show(sampleWebhook()).find('[role="alert"]').exists()).toBe(false);
  });
});
