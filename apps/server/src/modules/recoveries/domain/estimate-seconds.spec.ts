import { expect, it } from 'vitest';
import { estimateSeconds } from './estimate-seconds.js';

it.each([
  [1_250, 100, 0, null, 13],
  [1_250, 100, 10, null, 125],
  [1_250, 100, 10, 5, 25],
  [1_250, 100, 500, null, 13],
  [0, 100, 10, null, 0],
])('%i at %i/s, with %i requests/s of batches of %j, take %i s', (count, rate, limit, maxEvents, seconds) => {
  const batch = maxEvents === null ? null : { maxEvents };
  expect(estimateSeconds(count, rate, { rateLimitPerSecond: limit, batch })).toBe(seconds);
});
