import { flushPromises, mount } from '@vue/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import ChartCard from './ChartCard.vue';
import type { ChartRow } from './chart-line.js';

const rowAt = vi.fn((index: number): ChartRow => ({
  ...{ key: String(index), time: `08:0${String(index)}`, texts: [String(index * 10)], to: '/log' },
  cells: [`2026-05-20T08:0${String(index)}:00.000Z`, index * 10],
}));

beforeEach(() => {
  rowAt.mockClear();
});

afterEach(() => {
  vi.restoreAllMocks();
});

function show(hovered: number | null = null) {
  const lines = [{ name: 'total', label: '总数', colour: '--el-color-primary' }] as const;
  return mount(ChartCard, {
    props: {
      ...{ title: '投递', lines, table: { count: 3, rowAt }, csvHead: ['from', 'total'], hovered, marks: [] },
    },
    global: { stubs: { RouterLink: { template: '<a><slot /></a>' } } },
  });
}

it('writes no rows for the chart alone, and one under the pointer', async () => {
  const card = show();
  expect(rowAt).not.toHaveBeenCalled();
  await card.setProps({ hovered: 2 });
  expect(card.get('.legend').text()).toContain('20');
  expect(rowAt.mock.calls).toEqual([[2]]);
});

it('writes all rows as a table, and as CSV when that is copied', async () => {
  const writeText = vi.fn(() => Promise.resolve());
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue({ writeText } as unknown as Clipboard);
  const card = show();
  await card.get('[data-testid="copy-button"]').trigger('click');
  await flushPromises();
  expect(writeText).toHaveBeenCalledWith(
    'from,total\r\n2026-05-20T08:00:00.000Z,0\r\n2026-05-20T08:01:00.000Z,10\r\n2026-05-20T08:02:00.000Z,20\r\n',
  );
  await card.get('[data-testid="toggle-table"]').trigger('click');
  expect(card.findAll('tbody tr').map((row) => row.text())).toEqual(['08:000', '08:0110', '08:0220']);
});
