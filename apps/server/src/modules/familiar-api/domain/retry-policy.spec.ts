import { completeRetryPolicy } from '@im/contracts/api/retry-policy';
import { DEFAULT_RETRY_POLICY } from '@im/contracts/api/retry-presets';
import { describe, expect, it } from 'vitest';
import { fromRetryPolicy, toRetryPolicy } from './retry-policy.js';

const stored = (input: Parameters<typeof toRetryPolicy>[0]) => completeRetryPolicy(toRetryPolicy(input));

describe('a retry policy', () => {
  it('has the defaults of that API where nothing is said', () => {
    expect(stored({})).toMatchObject({
      ...{ maxAttempts: 3, strategy: 'exponential', initialDelayMs: 1_000, maxDelayMs: 60_000 },
      ...{ jitter: false, retryOnTimeout: true },
    });
    const { retryOnStatus } = stored({});
    expect([retryOnStatus?.length, retryOnStatus?.[0], retryOnStatus?.at(-1)]).toEqual([100, 500, 599]);
  });

  it.each([
    {},
    { max_attempts: 5, backoff_strategy: 'linear', initial_delay: 2_000, max_delay: 300_000 } as const,
    { retry_on_status: [500, 502], retry_on_timeout: true },
    { retry_on_timeout: false, retry_on_status: [429] },
  ])('is answered as it was given: %j', (input) => {
    expect(fromRetryPolicy(stored(input))).toMatchObject(input);
  });

  it('names statuses and timeouts only where they are not the default ones', () => {
    expect(Object.keys(fromRetryPolicy(stored({ max_attempts: 2 })))).toHaveLength(4);
    expect(fromRetryPolicy(stored({ retry_on_timeout: false }))).toMatchObject({ retry_on_timeout: false });
  });

  it('that was set elsewhere is shown as far as that API has words for it', () => {
    expect(fromRetryPolicy(DEFAULT_RETRY_POLICY)).toEqual({
      max_attempts: 9,
      backoff_strategy: 'schedule',
      initial_delay: 5_000,
      max_delay: 43_200_000,
      retry_on_timeout: true,
    });
  });
});
