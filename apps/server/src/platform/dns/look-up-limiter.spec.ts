import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LookUpLimiter, type LookUpLimits, type Permit } from './look-up-limiter.js';

const LIMITS: LookUpLimits = {
  maxUnderWay: 10,
  maxQuick: 3,
  maxSlow: 4,
  maxWaiting: 5,
  slowAfterMs: 500,
  maxWaitMs: 5_000,
};

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Requests permits; those granted so far are in the list. */
function ask(limiter: LookUpLimiter, owner: string, count: number): (Permit | null)[] {
  const granted: (Permit | null)[] = [];
  for (let n = 0; n < count; n += 1) void limiter.acquire(owner).then((permit) => granted.push(permit));
  return granted;
}

const settle = () => vi.advanceTimersByTimeAsync(0);

describe('look-ups under way', () => {
  it('of one owner are bounded, and do not keep another owner waiting', async () => {
    const limiter = new LookUpLimiter(LIMITS);
    const own = ask(limiter, 'a', 5);
    const other = ask(limiter, 'b', 1);
    await settle();
    expect([own.length, other.length]).toEqual([3, 1]);
    own[0]?.release();
    await settle();
    expect(own.length).toBe(4);
  });

  it('that take long let the next ones of their owner begin', async () => {
    const limiter = new LookUpLimiter(LIMITS);
    const own = ask(limiter, 'a', 5);
    await vi.advanceTimersByTimeAsync(500);
    expect(own.length).toBe(5);
  });

  it('are given up when they take long while their owner has many that do', async () => {
    const limiter = new LookUpLimiter(LIMITS);
    const own = ask(limiter, 'a', 6);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(own.map((permit) => permit?.signal.aborted)).toEqual([false, false, false, false, true, true]);
  });

  it('are bounded in all; then owners are served round robin', async () => {
    const limiter = new LookUpLimiter({ ...LIMITS, maxUnderWay: 3 });
    const greedy = ask(limiter, 'greedy', 5);
    const modest = ask(limiter, 'modest', 1);
    await settle();
    expect([greedy.length, modest.length]).toEqual([3, 0]);
    greedy[0]?.release();
    greedy[1]?.release();
    await settle();
    expect([greedy.length, modest.length]).toEqual([4, 1]);
  });

  it('wait for a bounded time and in bounded numbers', async () => {
    const limiter = new LookUpLimiter({ ...LIMITS, slowAfterMs: 1e6 });
    const own = ask(limiter, 'a', 3 + 5 + 2);
    await settle();
    expect(own.filter((permit) => permit === null)).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(own.filter((permit) => permit === null)).toHaveLength(7);
  });

  it('count once, however often they are released', async () => {
    const limiter = new LookUpLimiter(LIMITS);
    const own = ask(limiter, 'a', 3);
    await vi.advanceTimersByTimeAsync(600);
    for (const permit of [...own, ...own]) permit?.release();
    const more = ask(limiter, 'a', 4);
    await settle();
    expect(more.length).toBe(3);
  });
});
