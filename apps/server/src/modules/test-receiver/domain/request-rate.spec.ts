import { expect, it } from 'vitest';
import { RequestRate } from './request-rate.js';

it('bounds the requests of a key in a second, and of no other', () => {
  const rate = new RequestRate(2);
  expect([rate.allows('a', 0), rate.allows('a', 1), rate.allows('a', 999)]).toEqual([true, true, false]);
  expect(rate.allows('b', 999)).toBe(true);
  expect(rate.allows('a', 1000)).toBe(true);
});
