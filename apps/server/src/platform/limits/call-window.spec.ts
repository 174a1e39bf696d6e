import { expect, it } from 'vitest';
import { CallWindow } from './call-window.js';

it('refuses calls above the limit until its minute is over, each key by itself', () => {
  const window = new CallWindow(2);
  expect([0, 1, 2].map((ms) => window.secondsToWait('a', ms))).toEqual([0, 0, 60]);
  expect(window.secondsToWait('b', 3)).toBe(0);
  expect(window.secondsToWait('a', 59_500)).toBe(1);
  expect(window.secondsToWait('a', 60_000)).toBe(0);
});

it('keeps no more keys than fit', () => {
  const window = new CallWindow(1);
  for (let key = 0; key < 10_000; key += 1) window.secondsToWait(String(key), 0);
  expect(window.secondsToWait('0', 1)).toBe(0);
});
