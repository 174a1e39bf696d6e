import { mount } from '@vue/test-utils';
import { beforeEach, describe, expect, it } from 'vitest';
import { logInAs } from '../../../testing/log-in-as.js';
import { sampleSource } from '../../../testing/sample-source.js';
import FilterSelect from '../../../shared/ui/FilterSelect.vue';
import { FILTER_NAMES, type DeliveryFilters } from '../model/delivery-filters.js';
import FilterFields from './FilterFields.vue';

const SOURCE = sampleSource({ sourceId: '0198c1f2-0000-7000-8000-000000000002', name: '生产' });

function show(sources: readonly (typeof SOURCE)[], sourceId = '') {
  const blank = Object.fromEntries(FILTER_NAMES.map((name) => [name, ''])) as DeliveryFilters;
  const bar = mount(FilterFields, {
    props: { filters: { ...blank, sourceId }, appKey: 'ak_1', isFiltered: sourceId !== '', sources },
    global: { stubs: { TimeRangeFilter: true } },
  });
  const select = bar
    .findAllComponents(FilterSelect)
    .find((each) => each.attributes('data-testid') === 'filter-source');
  return { bar, select };
}

describe('the filter by source', () => {
  beforeEach(() => logInAs('developer'));

  it('offers sources by their names', () => {
    const { bar, select } = show([SOURCE]);
    expect(select?.props('options')).toEqual([{ value: SOURCE.sourceId, label: '生产' }]);
    select?.vm.$emit('change', SOURCE.sourceId);
    expect(bar.emitted('change')).toEqual([[{ sourceId: SOURCE.sourceId }]]);
  });

  it('is there from the start, and for support only with sources', () => {
    expect(show([]).select).toBeDefined();
    logInAs('support');
    expect(show([]).select).toBeUndefined();
  });

  it('says so when a link asks for a source that is not among them', () => {
    const other = '0198c1f2-0000-7000-8000-000000000003';
    const { select } = show([SOURCE], other);
    expect(select?.props('options')).toContainEqual({
      value: other,
      label: '其他来源（已删除或无权查看）',
    });
  });
});
