import { describe, expect, it } from 'vitest';
import { addFailures } from './breaker.js';

const RESUMED_AT = new Date('2026-03-01T12:00:00Z');
const EARLIER = new Date('2026-03-01T11:59:59Z');
const LATER = new Date('2026-03-01T12:00:01Z');

describe('the breaker of a webhook', () => {
  it.each([
    // failures before, open, added after the last success, a success among them -> failures, open
    [0, false, 1, false, 1, false],
    [8, false, 1, false, 9, false],
    [9, false, 1, false, 10, true],
    [0, false, 10, false, 10, true],
    [9, false, 1, true, 1, false],
    [9, false, 10, true, 10, true],
    [10, true, 1, false, 11, true],
    [40, true, 3, true, 3, false],
  ])(
    'after %i failures (open: %s) and %i more (success among them: %s) counts %i, open: %s',
    (consecutiveFailures, isOpen, trailingFailures, hasSuccess, expectedFailures, expectedOpen) => {
      const before = { consecutiveFailures, isOpen, resumedAt: null };
      const added = { trailingFailures, hasSuccess, lastFailureStartedAt: LATER };
      expect(addFailures(before, added)).toEqual({
        consecutiveFailures: expectedFailures,
        isOpen: expectedOpen,
      });
    },
  );

  it.each([
    ['began before a person closed it', false, EARLIER, false],
    ['began in the very moment', false, RESUMED_AT, false],
    ['has no known begin', false, null, false],
    ['began after it', false, LATER, true],
    ['began before it, while it is open again', true, EARLIER, true],
  ])('is opened by an attempt that %s: %s -> %s', (_, isOpen, lastFailureStartedAt, expectedOpen) => {
    const before = { consecutiveFailures: 20, isOpen, resumedAt: RESUMED_AT };
    const added = { trailingFailures: 1, hasSuccess: false, lastFailureStartedAt };
    expect(addFailures(before, added).isOpen).toBe(expectedOpen);
  });
});
