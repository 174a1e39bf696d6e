import type { NotificationChannel } from '@im/contracts/api/notification-channels';
import { DOMWrapper, enableAutoUnmount, flushPromises, mount } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../../shared/http/api-error.js';
import { eventually } from '../../../testing/eventually.js';
import { sampleChannel } from '../../../testing/sample-channel.js';
import { createChannel, updateChannel } from '../notifications.api.js';
import ChannelFormDialog from './ChannelFormDialog.vue';

vi.mock('../notifications.api.js', () => ({ createChannel: vi.fn(), updateChannel: vi.fn() }));

/** Dialogs are at the end of the page, outside of the component that opens them. */
const body = new DOMWrapper(document.body);

enableAutoUnmount(afterEach);
afterEach(() => {
  vi.clearAllMocks();
});

async function open(channel: NotificationChannel | null = null) {
  const dialog = mount(ChannelFormDialog, {
    props: { modelValue: true, channel, apps: [] },
    attachTo: document.body,
  });
  await flushPromises();
  return dialog;
}

async function save(): Promise<void> {
  await body.get('[data-testid="save-channel"]').trigger('click');
  await flushPromises();
}

describe('the dialog of a channel', () => {
  it('asks for what its kind needs', async () => {
    await open();
    expect(body.find('#channel-host').exists()).toBe(true);
    await body.get('[data-testid="kind-slack"] input').setValue();
    expect(body.find('#channel-host').exists()).toBe(false);
    expect(body.find('#channel-url').exists()).toBe(true);
    expect(body.find('#channel-secret').exists()).toBe(false);
    expect(body.text()).toContain('Incoming Webhook');
  });

  it('says what is missing instead of sending', async () => {
    await open();
    await save();
    await eventually(() => {
      for (const text of ['请填写名称', '请填写 SMTP 服务器', '请填写发件人邮箱', '请至少填写一个收件人']) {
        expect(body.text()).toContain(text);
      }
    });
    expect(createChannel).not.toHaveBeenCalled();
  });

  it('adds a channel, emits it and closes', async () => {
    const created = sampleChannel({ kind: 'dingtalk' });
    vi.mocked(createChannel).mockResolvedValue(created);
    const dialog = await open();
    await body.get('[data-testid="kind-dingtalk"] input').setValue();
    await body.get('#channel-name').setValue('值班群');
    await body.get('#channel-url').setValue('https://oapi.dingtalk.com/robot/send?access_token=t');
    await body.get('#channel-secret').setValue('SEC1');
    await save();
    expect(createChannel).toHaveBeenCalledWith({
      kind: 'dingtalk',
      name: '值班群',
      enabled: true,
      language: 'zh',
      minSeverity: 'warning',
      appKeys: [],
      rules: [],
      url: 'https://oapi.dingtalk.com/robot/send?access_token=t',
      secret: 'SEC1',
    });
    expect(dialog.emitted()).toMatchObject({ saved: [[created]], 'update:modelValue': [[false]] });
  });

  it('changes a saved one without asking for its URL and secret again', async () => {
    vi.mocked(updateChannel).mockResolvedValue(sampleChannel());
    await open(sampleChannel());
    expect(body.find('[data-testid="kind-slack"]').exists()).toBe(false);
    await body.get('#channel-name').setValue('新名字');
    await save();
    const [channelId, change] = vi.mocked(updateChannel).mock.calls[0] ?? [];
    expect(channelId).toBe('c1');
    expect(change).toMatchObject({ name: '新名字' });
    expect(change).not.toHaveProperty('url');
    expect(change).not.toHaveProperty('secret');
  });

  it('shows what the server refuses next to the field, and stays open', async () => {
    vi.mocked(updateChannel).mockRejectedValue(
      new ApiError({
        code: 'invalid_input',
        status: 422,
        errors: [{ pointer: '/url', code: 'blocked_address', message: 'is not allowed' }],
      }),
    );
    const dialog = await open(sampleChannel());
    await save();
    await eventually(() => expect(body.get('.el-form-item__error').text()).not.toBe(''));
    expect(dialog.emitted('update:modelValue')).toBeUndefined();
  });
});
