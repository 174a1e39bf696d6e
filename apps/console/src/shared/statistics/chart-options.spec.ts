import { describe, expect, it, vi } from 'vitest';
import type uPlot from 'uplot';
import { chartOptions } from './chart-options.js';

vi.hoisted(() =>
  vi.stubGlobal('matchMedia', () => ({
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  })),
);

const onSelect = vi.fn();
const options = () =>
  chartOptions({
    ...{ kind: 'percent', lines: [], localeTag: 'en', width: 600 },
    span: () => ({ fromMs: 0, toMs: 600_000 }),
    markers: () => [],
    colourOf: () => '#000',
    onSelect,
    onHover: () => undefined,
  });

/** A chart on which a span is selected: a pixel is a second. */
function chartWith(width: number) {
  const setSelect = vi.fn();
  const chart = { select: { left: 100, width }, posToVal: (x: number) => x, setSelect };
  return { chart: chart as unknown as uPlot, setSelect };
}

describe('a span selected on a chart', () => {
  it.each([
    [3, []],
    [60, [[{ fromMs: 100_000, toMs: 160_000 }]]],
  ])('%i px wide is cleared, and counts unless it is a click', (width, calls) => {
    onSelect.mockClear();
    const { chart, setSelect } = chartWith(width);
    for (const hook of options().hooks?.setSelect ?? []) hook?.(chart);
    expect(onSelect.mock.calls).toEqual(calls);
    expect(setSelect).toHaveBeenCalledWith({ left: 0, top: 0, width: 0, height: 0 }, false);
  });

  it.each([
    ['mousemove', true],
    ['mouseleave', true],
    ['mousedown', false],
    ['mouseup', false],
    ['dblclick', false],
  ])('is of that chart only: %s is passed on to the others: %s', (event, isPassedOn) => {
    const filters = options().cursor?.sync?.filters;
    const { chart } = chartWith(0);
    expect(filters?.pub?.(event, chart, 0, 0, 1, 1, 0)).toBe(isPassedOn);
    expect(filters?.sub?.(event, chart, 0, 0, 1, 1, 0)).toBe(isPassedOn);
  });
});
