import { expect, it } from 'vitest';
import { successRateOf, webhookSuccessRateOf, wholeMs } from './success-rate.js';

it.each([
  [145, 5, 96.67],
  [1, 0, 100],
  [0, 3, 0],
  [0, 0, null],
])('of %d successes and %d failures is %s per cent', (succeeded, failed, expected) => {
  expect(successRateOf({ succeeded, failed })).toBe(expected);
});

it.each([
  ['that had nothing to deliver', { succeeded: 0, failed: 0, pending: 0 }, true, 100],
  ['whose first delivery waits', { succeeded: 0, failed: 0, pending: 1 }, true, null],
  ['whose test sends fail', { succeeded: 0, failed: 0, pending: 0 }, false, null],
  ['that delivered half', { succeeded: 1, failed: 1, pending: 7 }, false, 50],
] as const)('of a webhook %s', (_, counts, isHealthy, expected) => {
  expect(webhookSuccessRateOf(counts, isHealthy)).toBe(expected);
});

it('times are whole milliseconds', () => {
  expect([wholeMs(12.6), wholeMs(null)]).toEqual([13, null]);
});
