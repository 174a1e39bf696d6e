import { expect, it } from 'vitest';
import { isHeldBack } from './held-back.js';

it.each([
  ['pending', 'event', 0, true, true],
  ['pending', 'event', 3, true, true],
  ['pending', 'event', 3, false, false],
  ['pending', 'redelivery', 0, true, false],
  ['pending', 'redelivery', 1, true, true],
  ['pending', 'test', 0, true, false],
  ['failed', 'event', 3, true, false],
  ['success', 'event', 1, true, false],
] as const)(
  '%s, %s, after %i attempts, webhook paused: %s → %s',
  (status, kind, attempts, isPaused, held) => {
    expect(isHeldBack({ status, kind, attempts }, isPaused)).toBe(held);
  },
);
