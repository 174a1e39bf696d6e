import { expect, it } from 'vitest';
import { MAX_ATTEMPTS, nextAttemptInMs } from './retry-schedule.js';

const MINUTE_MS = 60_000;

it.each([
  [1, null, 30_000],
  [2, null, 2 * MINUTE_MS],
  [3, null, 10 * MINUTE_MS],
  [4, null, 60 * MINUTE_MS],
  [5, null, 360 * MINUTE_MS],
  [6, null, null],
  [1, 5_000, 30_000],
  [1, 10 * MINUTE_MS, 10 * MINUTE_MS],
])('after attempt %i, asked to rest for %s ms, the next one comes in %s ms', (attempts, asked, expected) => {
  expect(nextAttemptInMs(attempts, asked)).toBe(expected);
});

it('there are six attempts in all', () => {
  expect(MAX_ATTEMPTS).toBe(6);
});
