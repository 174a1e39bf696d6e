import { DEFAULT_DELIVERY_SETTINGS } from '@im/contracts/api/webhook-constants';
import { flushPromises, mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../../testing/eventually.js';
import { toDeliveryForm, type DeliveryForm } from '../model/delivery-form.js';
import DeliveryFields from './DeliveryFields.vue';

const batched: Partial<DeliveryForm> = { isBatched: true };

async function show(form: Partial<DeliveryForm> = {}, errorAt: (pointer: string) => string = () => '') {
  const modelValue = { ...toDeliveryForm(DEFAULT_DELIVERY_SETTINGS), ...form };
  const fields = mount(DeliveryFields, { props: { modelValue, errorAt } });
  await flushPromises();
  return fields;
}

describe('the delivery settings', () => {
  it.each([
    ['im', 'IM 信封', 'callbackId'],
    ['cloudevents', 'CloudEvents 1.0', '事件总线'],
    ['raw', '原样转发', 'OpenIM'],
  ] as const)('say what the format %s is for', async (format, label, hint) => {
    const fields = await show({ format });
    expect(fields.get('[data-testid="webhook-format"]').text()).toContain(label);
    expect(fields.text()).toContain(hint);
  });

  it('ask for the size of a batch only when batches are on', async () => {
    expect((await show()).find('#webhook-max-events').exists()).toBe(false);
    const fields = await show(batched);
    expect(fields.get<HTMLInputElement>('#webhook-max-events').element.value).toBe('20');
    expect(fields.get<HTMLInputElement>('#webhook-max-wait').element.value).toBe('1000');
  });

  it('switch batches off, and say why, while events go out as received', async () => {
    const fields = await show({ ...batched, format: 'raw' });
    expect(fields.get<HTMLInputElement>('#webhook-batch').element).toMatchObject({
      checked: false,
      disabled: true,
    });
    expect(fields.find('#webhook-max-events').exists()).toBe(false);
    expect(fields.text()).toContain('原样转发时只能逐条投递');
  });

  it.each<[string, Partial<DeliveryForm>, string]>([
    ['an emptied count', { ...batched, maxEvents: null }, '请填写 2 至 100'],
    ['an emptied wait', { ...batched, maxWaitMs: null }, '请填写 10 至 60000'],
    ['an emptied rate', { rateLimitPerSecond: null }, '请填写 0 至 10000'],
  ])('object to %s next to it', async (_, form, message) => {
    const fields = await show(form);
    await eventually(() => expect(fields.get('.el-form-item__error').text()).toContain(message));
  });

  it('show what the server objects to next to the setting', async () => {
    const fields = await show({}, (pointer) => (pointer === '/batch' ? '这个值不被接受' : ''));
    await eventually(() => expect(fields.get('.el-form-item__error').text()).toBe('这个值不被接受'));
  });
});
