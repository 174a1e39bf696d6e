import { flushPromises, mount } from '@vue/test-utils';
import { expect, it, vi } from 'vitest';
import EventSelect from './EventSelect.vue';

it.each(['orders/create', 'C2C.CallbackAfterSendMsg', 'C2C.*', 'pull_request'])(
  'takes %s, which the catalogue does not know, as it is typed',
  async (name) => {
    const shown = mount(EventSelect, {
      props: { inputId: 'events', modelValue: ['message.sent'] },
      attachTo: document.body,
    });
    const input = shown.get('input');
    await input.trigger('click');
    await input.setValue(name);
    await flushPromises();
    const typed = () => document.querySelector('.el-select-dropdown__item.is-hovering')?.textContent;
    await vi.waitUntil(() => typed() === name, { timeout: 4_000 });
    await input.trigger('keydown', { key: 'Enter', code: 'Enter' });
    expect(shown.emitted('update:modelValue')).toEqual([[['message.sent', name]]]);
    shown.unmount();
  },
);
