import { describe, expect, it } from 'vitest';
import { nextLookInMs } from './next-look.js';

const NOW = Date.parse('2026-11-21T08:00:00.000Z');

describe('nextLookInMs', () => {
  it.each(['success', 'failed', 'canceled', 'skipped'] as const)('stops at the outcome %s', (status) => {
    expect(nextLookInMs({ status, nextAttemptAt: null, heldBy: null }, NOW)).toBeNull();
  });

  it.each([
    ['an attempt under way', '2026-11-21T07:59:58.000Z', 1_000],
    ['an attempt in a moment', '2026-11-21T08:00:00.200Z', 1_000],
    ['an attempt soon', '2026-11-21T08:00:05.000Z', 5_000],
    ['an attempt in hours', '2026-11-21T20:00:00.000Z', 15_000],
  ])('waits for %s', (_, nextAttemptAt, waitMs) => {
    expect(nextLookInMs({ status: 'pending', nextAttemptAt, heldBy: null }, NOW)).toBe(waitMs);
  });

  it('looks again soon when it is unknown when the next attempt is', () => {
    expect(nextLookInMs({ status: 'pending', nextAttemptAt: null, heldBy: null }, NOW)).toBe(1_000);
  });

  it('looks less often while the paused webhook holds it back', () => {
    const held = { status: 'pending', nextAttemptAt: '2026-11-21T07:00:00.000Z', heldBy: 'breaker' } as const;
    expect(nextLookInMs(held, NOW)).toBe(5_000);
  });
});
