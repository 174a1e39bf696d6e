import { flushPromises, mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../../testing/eventually.js';
import { toBeforeForm, type BeforeForm } from '../model/before-form.js';
import BeforeFields from './BeforeFields.vue';

const asked: Partial<BeforeForm> = { isOn: true, events: ['message.sent'] };

async function show(form: Partial<BeforeForm> = {}, given: Record<string, unknown> = {}) {
  const modelValue = { ...toBeforeForm(null), ...form };
  const props = { modelValue, errorAt: () => '', hasTried: false, taken: '', ...given };
  const fields = mount(BeforeFields, { props });
  await flushPromises();
  return fields;
}

describe('the fields of before-callbacks', () => {
  it('say what they are for, and ask for more only when they are on', async () => {
    const fields = await show();
    expect(fields.text()).toContain('在事件发生前询问这个回调地址');
    expect(fields.find('#webhook-before-deadline').exists()).toBe(false);
    await fields.get('#webhook-before').setValue(true);
    expect(fields.props('modelValue').isOn).toBe(true);
  });

  it('offer a deadline of 1.5 s and to allow, and explain both policies', async () => {
    const fields = await show(asked);
    expect(fields.get<HTMLInputElement>('#webhook-before-deadline').element.value).toBe('1500');
    expect(fields.get<HTMLInputElement>('input[value="allow"]').element.checked).toBe(true);
    expect(fields.text()).toContain('可能漏审');
    expect(fields.text()).toContain('宁可拒绝也不漏审');
  });

  it.each<[string, Partial<BeforeForm>, Record<string, unknown>, string]>([
    ['an empty list once it was tried', { isOn: true }, { hasTried: true }, '请至少选择一个事件'],
    ['a family', { isOn: true, events: ['message.*'] }, {}, '不能是 message.*'],
    ['an emptied deadline', { ...asked, deadlineMs: null }, {}, '请填写 100 至 4000'],
    ['what another webhook decides', asked, { taken: '已由「审核」决定' }, '已由「审核」决定'],
    [
      'what the server objects to',
      asked,
      { errorAt: (at: string) => (at === '/before/deadlineMs' ? '太长' : '') },
      '太长',
    ],
  ])('object to %s next to it', async (_, form, given, message) => {
    const fields = await show(form, given);
    await eventually(() => expect(fields.get('.el-form-item__error').text()).toContain(message));
  });

  it('do not object to an empty list before it was tried', async () => {
    expect((await show({ isOn: true })).find('.el-form-item__error').exists()).toBe(false);
  });
});
