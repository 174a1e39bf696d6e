import { expect, it } from 'vitest';
import { sampleCounts } from '../../../testing/sample-statistics.js';
import { topEvents } from './top-events.js';

it('picks the eight most frequent events, each with its share of the first', () => {
  const events = Array.from({ length: 10 }, (_, index) => ({
    event: `custom.e${String(index)}`,
    ...sampleCounts({ total: index * 10, deliveredRate: 1 }),
  }));
  const top = topEvents(events);
  expect(top.map(({ total }) => total)).toEqual([90, 80, 70, 60, 50, 40, 30, 20]);
  expect(top[0]).toEqual({ event: 'custom.e9', total: 90, share: 1, deliveredRate: 1 });
  expect(top[7]?.share).toBeCloseTo(2 / 9);
  expect(topEvents([])).toEqual([]);
});
