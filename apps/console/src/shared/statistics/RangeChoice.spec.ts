import { flushPromises, mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../testing/eventually.js';
import RangeChoice from './RangeChoice.vue';
import type { TimeRange } from './time-range.js';

const DAY: TimeRange = { preset: '24h', from: '', to: '' };
// Without an offset: the viewer's own time.
const at = (local: string) => new Date(local).toISOString();

function show(range: TimeRange) {
  return mount(RangeChoice, { props: { range }, attachTo: document.body });
}

async function type(choice: ReturnType<typeof show>, label: string, text: string): Promise<void> {
  await eventually(() =>
    expect(choice.find(`input[aria-label="${label}"]:not([disabled])`).exists()).toBe(true),
  );
  const input = choice.get(`input[aria-label="${label}"]`);
  await input.trigger('focus');
  await input.setValue(text);
  await input.trigger('keydown', { key: 'Enter', code: 'Enter' });
  await flushPromises();
}

describe('the choice of a span', () => {
  it('takes two instants that are typed', async () => {
    const choice = show(DAY);
    await choice.get('input[value="custom"]').setValue(true);
    await type(choice, '开始时间', '2026-05-20 08:00');
    await type(choice, '结束时间', '2026-05-20 09:30');
    await choice.get('form').trigger('submit');
    expect(choice.emitted('select')).toEqual([
      [{ from: at('2026-05-20T08:00'), to: at('2026-05-20T09:30') }],
    ]);
    choice.unmount();
  });

  it('says so when the end is not later than the start, and chooses nothing', async () => {
    const choice = show({ preset: '', from: at('2026-05-20T08:00'), to: at('2026-05-20T09:00') });
    await type(choice, '结束时间', '2026-05-20 08:00');
    expect(choice.get('[role="alert"]').text()).toBe('结束时间要晚于开始时间');
    await choice.get('form').trigger('submit');
    expect(choice.emitted('select')).toBeUndefined();
    choice.unmount();
  });

  it('shows the instants of a span until a preset is chosen', async () => {
    const choice = show({ preset: '', from: at('2026-05-20T08:00'), to: at('2026-05-20T09:00') });
    await eventually(() => {
      const texts = choice.findAll<HTMLInputElement>('form input').map(({ element }) => element.value);
      expect(texts).toEqual(['2026-05-20 08:00', '2026-05-20 09:00']);
    });
    await choice.get('input[value="7d"]').setValue(true);
    expect(choice.emitted('choose')).toEqual([['7d']]);
    await choice.setProps({ range: { preset: '7d', from: '', to: '' } });
    expect(choice.find('form').exists()).toBe(false);
    choice.unmount();
  });
});
