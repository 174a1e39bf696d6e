import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { logInAs } from '../../../testing/log-in-as.js';
import { sampleChannel } from '../../../testing/sample-channel.js';
import ChannelTable from './ChannelTable.vue';

const channel = sampleChannel({
  minSeverity: 'critical',
  appKeys: ['ak_1', 'ak_gone'],
  rules: ['webhook_disabled'],
  lastNotification: {
    status: 'failed',
    at: '2026-05-21T08:00:00.000Z',
    errorMessage: 'DingTalk refused the message',
  },
});

beforeEach(() => {
  logInAs('developer');
});

enableAutoUnmount(afterEach);

async function show(toggle = vi.fn(() => Promise.resolve(true))) {
  const apps = [{ appKey: 'ak_1', name: '客服系统' }] as never[];
  const table = mount(ChannelTable, {
    props: { channels: [channel], apps, toggle },
    attachTo: document.body,
  });
  await flushPromises();
  return table;
}

describe('the table of channels', () => {
  it('says where each leads, what it gets and how the last one went', async () => {
    const text = (await show()).text();
    for (const part of [
      '值班群',
      '钉钉',
      'access_token=****cdef',
      '仅严重告警',
      '客服系统, ak_gone',
      '回调被自动停用',
      '失败',
      'DingTalk refused the message',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('asks for what is pressed', async () => {
    const table = await show();
    await table.get('[data-testid="test-channel"]').trigger('click');
    await table.get('[data-testid="channel-log"]').trigger('click');
    await table.get('[data-testid="edit-channel"]').trigger('click');
    expect(table.emitted()).toMatchObject({ test: [[channel]], log: [[channel]], edit: [[channel]] });
  });

  it('switches a channel through the one who asks and saves', async () => {
    const toggle = vi.fn(() => Promise.resolve(true));
    const table = await show(toggle);
    await table.get('[data-testid="toggle-channel"]').trigger('click');
    expect(toggle).toHaveBeenCalledWith(channel);
  });

  it('lets support read the log and change nothing', async () => {
    logInAs('support');
    const table = await show();
    expect(table.find('[data-testid="channel-log"]').exists()).toBe(true);
    for (const id of ['toggle-channel', 'test-channel', 'edit-channel']) {
      expect(table.find(`[data-testid="${id}"]`).exists()).toBe(false);
    }
  });
});
