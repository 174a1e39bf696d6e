import type { ChannelKind } from '@im/contracts/api/notification-channels';
import { flushPromises, mount } from '@vue/test-utils';
import { ElSelect } from 'element-plus';
import { reactive } from 'vue';
import { describe, expect, it } from 'vitest';
import { sampleChannel } from '../../../testing/sample-channel.js';
import { toChannelForm, type ChannelForm } from '../model/channel-form.js';
import ChannelTargetFields from './ChannelTargetFields.vue';
import EmailFields from './EmailFields.vue';

const noFault = () => '';

async function showTarget(kind: ChannelKind, isNew = true) {
  const channel = isNew ? null : sampleChannel({ kind });
  const form = reactive<ChannelForm>({ ...toChannelForm(channel, 'zh'), kind });
  const fields = mount(ChannelTargetFields, { props: { modelValue: form, channel, errorAt: noFault } });
  await flushPromises();
  return { fields, form };
}

describe('URL and secret', () => {
  it.each<[ChannelKind, boolean]>([
    ['webhook', true],
    ['dingtalk', true],
    ['feishu', true],
    ['wecom', false],
    ['slack', false],
  ])('of %s: a secret is asked for: %s', async (kind, isAsked) => {
    const { fields } = await showTarget(kind);
    expect(fields.find('#channel-secret').exists()).toBe(isAsked);
  });

  it('of a webhook can be generated, long enough to be a key', async () => {
    const { fields, form } = await showTarget('webhook');
    await fields.get('button').trigger('click');
    expect(form.secret).toMatch(/^[0-9a-f]{64}$/);
  });

  it('of a saved channel show masked, and stay when nothing is typed', async () => {
    const { fields } = await showTarget('dingtalk', false);
    const url = fields.get<HTMLInputElement>('#channel-url').element;
    expect(url.value).toBe('');
    expect(url.placeholder).toContain('access_token=****cdef');
    expect(fields.text()).toContain('留空则不修改');
    expect(fields.text()).toContain('移除密钥');
  });
});

async function showEmail(override: Partial<ChannelForm> = {}) {
  const form = reactive<ChannelForm>({ ...toChannelForm(null, 'zh'), ...override });
  const fields = mount(EmailFields, { props: { modelValue: form, channel: null, errorAt: noFault } });
  await flushPromises();
  const choose = async (security: string) => {
    fields.getComponent(ElSelect).vm.$emit('change', security);
    await flushPromises();
  };
  return { form, choose };
}

describe('the encryption of mail', () => {
  it('brings its usual port along', async () => {
    const { form, choose } = await showEmail();
    await choose('tls');
    expect(form).toMatchObject({ security: 'tls', port: 465 });
    await choose('none');
    expect(form).toMatchObject({ security: 'none', port: 25 });
  });

  it('keeps a port that was chosen by hand', async () => {
    const { form, choose } = await showEmail({ port: 2525 });
    await choose('tls');
    expect(form).toMatchObject({ security: 'tls', port: 2525 });
  });
});
