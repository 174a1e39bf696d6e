import { expect, it } from 'vitest';
import { halvesOf, isRefusal } from './split-refused.js';

it.each([
  [400, true],
  [413, true],
  [422, true],
  [200, false],
  [401, false],
  [404, false],
  [410, false],
  [429, false],
  [500, false],
  [null, false],
])('an answer of %s refuses what a request carries: %s', (responseStatus, expected) => {
  expect(isRefusal({ responseStatus })).toBe(expected);
});

it.each([
  [[], []],
  [[1], [[1]]],
  [
    [1, 2],
    [[1], [2]],
  ],
  [
    [1, 2, 3, 4, 5],
    [
      [1, 2, 3],
      [4, 5],
    ],
  ],
])('halves of %j are %j', (items, expected) => {
  expect(halvesOf(items)).toEqual(expected);
});

it('at most 2n-1 requests separate the events of a batch of n, for any refused ones', () => {
  for (let size = 1; size <= 100; size += 1) {
    let requests = 0;
    const parts = [Array.from({ length: size }, (_, index) => index)];
    for (let part = parts.shift(); part; part = parts.shift()) {
      requests += 1;
      if (part.length > 1) parts.unshift(...halvesOf(part));
    }
    expect(requests).toBe(2 * size - 1);
  }
});
