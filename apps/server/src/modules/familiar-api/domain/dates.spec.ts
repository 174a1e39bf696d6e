import { expect, it } from 'vitest';
import { afterEndOf, beginOf, lastSecondBefore, toSeconds } from './dates.js';

it.each([
  ['2024-01-07', '2024-01-07T00:00:00.000Z', '2024-01-08T00:00:00.000Z'],
  ['2024-02-29', '2024-02-29T00:00:00.000Z', '2024-03-01T00:00:00.000Z'],
  ['2024-01-07T23:59:59Z', '2024-01-07T23:59:59.000Z', '2024-01-08T00:00:00.000Z'],
  ['2024-01-07T23:59:59.999Z', '2024-01-07T23:59:59.999Z', '2024-01-08T00:00:00.000Z'],
  ['2024-01-08T07:59:59+08:00', '2024-01-07T23:59:59.000Z', '2024-01-08T00:00:00.000Z'],
])('%s begins at %s and is over at %s', (date, begin, end) => {
  expect([beginOf(date), afterEndOf(date)]).toEqual([begin, end]);
});

it('an end is shown as its last second', () => {
  expect(lastSecondBefore('2024-01-08T00:00:00.000Z')).toBe('2024-01-07T23:59:59Z');
  expect(toSeconds('2024-01-01T00:00:00.000Z')).toBe('2024-01-01T00:00:00Z');
});
