import { mount } from '@vue/test-utils';
import { ElOption, ElSelect } from 'element-plus';
import { expect, it } from 'vitest';
import FilterSelect from './FilterSelect.vue';

const OPTIONS = [{ value: 'slow', label: 'Slow' }, { value: '500' }, { value: 'a.b', hint: 'What it is' }];

function show(attrs: Record<string, unknown> = {}) {
  return mount(FilterSelect, {
    props: { modelValue: 'slow', label: 'Rule', options: OPTIONS },
    attrs,
    attachTo: document.body,
  });
}

it('offers its options by label, by value, or by value and hint', () => {
  const texts = show()
    .findAllComponents(ElOption)
    .map((option) => option.text());
  expect(texts).toEqual(['Slow', '500', 'a.bWhat it is']);
});

it('gives what is chosen, and an empty text when it is cleared', () => {
  const shown = show();
  const select = shown.getComponent(ElSelect);
  select.vm.$emit('change', '500');
  select.vm.$emit('change', undefined);
  expect(shown.emitted('change')).toEqual([['500'], ['']]);
});

it('passes everything else to the select', () => {
  const shown = show({ filterable: true, 'data-testid': 'filter-rule' });
  expect(shown.getComponent(ElSelect).props('filterable')).toBe(true);
  expect(shown.get('[data-testid="filter-rule"]').classes()).toContain('el-select');
});
