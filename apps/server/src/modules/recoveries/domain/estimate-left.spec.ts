import { expect, it } from 'vitest';
import { estimateLeftMs, type RecoveryProgress } from './estimate-left.js';

const halfway: RecoveryProgress = {
  total: 2_000,
  examined: 1_000,
  ended: 1_000,
  pending: 0,
  scannedShare: 0.5,
  ratePerSecond: 200,
  workedMs: 10_000,
};

it.each([
  ['as long again at half of a counted range', {}, 10_000],
  ['what waits is still to be done', { pending: 100, ended: 900 }, 12_222],
  ['by its rate while it has done little', { ended: 0, examined: 0, workedMs: 0 }, 10_000],
  ['by time where nothing is counted', { total: null }, 10_000],
  ['nothing while nothing is counted and little seen', { total: null, scannedShare: 0.001 }, null],
  ['nothing left at the end', { examined: 2_000, ended: 2_000, scannedShare: 1 }, 0],
])('reckons %s', (_what, override, expected) => {
  expect(estimateLeftMs({ ...halfway, ...override })).toBe(expected);
});
