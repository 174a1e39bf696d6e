import { expect, it } from 'vitest';
import { quantile } from './quantile.js';

it.each<[number[], number, number]>([
  [[], 0.5, 0],
  [[4], 0.99, 4],
  [[3, 1, 2], 0.5, 2],
  [[10, 9, 1, 2], 0.5, 2],
  [[1, Infinity, 2], 1, Infinity],
  [Array.from({ length: 100 }, (_, index) => index + 1), 0.99, 99],
])('of %j, %f is %f', (values, share, expected) => {
  expect(quantile(values, share)).toBe(expected);
});
