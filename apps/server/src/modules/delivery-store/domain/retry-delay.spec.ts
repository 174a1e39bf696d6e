import { completeRetryPolicy, type RetryPolicyInput } from '@im/contracts/api/retry-policy';
import { DEFAULT_RETRY_POLICY } from '@im/contracts/api/retry-presets';
import { describe, expect, it } from 'vitest';
import { retryDelayMs } from './retry-delay.js';

const middle = () => 0.5;
const delays = (input: RetryPolicyInput, count: number) => {
  const policy = completeRetryPolicy({ jitter: false, ...input });
  return Array.from({ length: count }, (_, index) => retryDelayMs(policy, index + 1, middle));
};

describe('the delay before the next attempt', () => {
  it.each<[RetryPolicyInput, number[]]>([
    [{}, [5_000, 30_000, 120_000, 600_000, 1_800_000, 7_200_000, 21_600_000, 43_200_000, 43_200_000]],
    [{ strategy: 'schedule', scheduleMs: [100, 50, 900] }, [100, 50, 900, 900, 900]],
    [{ strategy: 'schedule', scheduleMs: [1_000, 90_000], maxDelayMs: 5_000 }, [1_000, 90_000, 90_000]],
    [{ strategy: 'exponential', initialDelayMs: 100, maxDelayMs: 1_000 }, [100, 200, 400, 800, 1_000, 1_000]],
    [{ strategy: 'linear', initialDelayMs: 100, maxDelayMs: 350 }, [100, 200, 300, 350, 350]],
    [{ strategy: 'fixed', initialDelayMs: 200 }, [200, 200, 200]],
    [{ strategy: 'fixed', initialDelayMs: 5_000, maxDelayMs: 1_000 }, [1_000, 1_000]],
  ])('%j', (input, expected) => {
    expect(delays(input, expected.length)).toEqual(expected);
  });

  it.each(['schedule', 'exponential', 'linear', 'fixed'] as const)(
    '%s stays finite after any number of failures',
    (strategy) => {
      const policy = completeRetryPolicy({ strategy, jitter: true });
      for (const n of [0, 1, 50, 1_100, 1e9]) {
        const delayMs = retryDelayMs(policy, n, middle);
        expect(Number.isSafeInteger(delayMs)).toBe(true);
        expect(delayMs).toBeLessThanOrEqual(policy.maxDelayMs);
      }
    },
  );
});

describe('jitter', () => {
  const policy = completeRetryPolicy({ strategy: 'fixed', initialDelayMs: 1_000, jitter: true });

  it.each([
    [0, 800],
    [0.25, 900],
    [0.5, 1_000],
    [0.75, 1_100],
    [0.999_999, 1_200],
  ])('random %d makes 1000 ms to %d ms', (random, expected) => {
    expect(retryDelayMs(policy, 1, () => random)).toBe(expected);
  });

  it('varies the default schedule, too', () => {
    expect(retryDelayMs(DEFAULT_RETRY_POLICY, 8, () => 0)).toBe(34_560_000);
    expect(retryDelayMs(DEFAULT_RETRY_POLICY, 8, () => 0.999_999_999)).toBe(51_840_000);
  });

  it('does not lift a delay above the limit', () => {
    const limited = completeRetryPolicy({
      strategy: 'exponential',
      initialDelayMs: 1_000,
      maxDelayMs: 1_000,
    });
    expect(retryDelayMs(limited, 5, () => 0.99)).toBe(1_000);
  });
});
