import { expect, it } from 'vitest';
import { attemptsOf, dueBefore, successRatesOf } from '../../delivery-store/domain/success-rates.js';

const NOTHING = { succeeded: 0, failed: 0, retried: 0, due: 0, delivered: 0 };

it.each([
  ['nothing happened', {}, null, null],
  ['everything waits for its first attempt', { due: 5 }, null, 0],
  ['everything failed so far and is retried', { retried: 14, due: 3 }, 0, 0],
  ['all of it arrived', { succeeded: 4, due: 4, delivered: 4 }, 1, 1],
  ['one in four was given up', { succeeded: 3, failed: 1, due: 4, delivered: 3 }, 0.75, 0.75],
  ['it arrived at the third attempt', { succeeded: 1, retried: 2, due: 1, delivered: 1 }, 1 / 3, 1],
  ['a redelivery arrived', { succeeded: 1, failed: 1, due: 1 }, 0.5, 0],
  ['it arrived a moment ago', { succeeded: 1 }, 1, null],
])('where %s', (_, counted, attemptSuccessRate, deliveredRate) => {
  const outcomes = { ...NOTHING, ...counted };
  expect(successRatesOf(outcomes)).toEqual({ attemptSuccessRate, deliveredRate, successRate: deliveredRate });
  expect(attemptsOf(outcomes)).toBe(outcomes.succeeded + outcomes.failed + outcomes.retried);
});

it.each([
  ['08:02:00.000', '08:01:00.000'],
  ['08:02:04.999', '08:01:00.000'],
  ['08:02:05.000', '08:01:05.000'],
])('at %s deliveries created before %s are due', (now, before) => {
  const at = (time: string) => Date.parse(`2026-11-21T${time}Z`);
  expect(dueBefore(at(now)).getTime()).toBe(at(before));
});
