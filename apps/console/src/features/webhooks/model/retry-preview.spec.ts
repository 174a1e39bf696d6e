import { completeRetryPolicy, type RetryPolicyInput } from '@im/contracts/api/retry-policy';
import { RETRY_PRESETS } from '@im/contracts/api/retry-presets';
import { describe, expect, it } from 'vitest';
import { previewRetries } from './retry-preview.js';

const HOUR_MS = 3_600_000;

const delays = (input: RetryPolicyInput) =>
  previewRetries(completeRetryPolicy(input)).map((planned) => planned.delayMs);

describe('previewRetries', () => {
  it.each<[string, RetryPolicyInput, number[]]>([
    [
      'fixed repeats its delay',
      { strategy: 'fixed', initialDelayMs: 200, maxAttempts: 4 },
      [0, 200, 200, 200],
    ],
    [
      'linear grows by its delay',
      { strategy: 'linear', initialDelayMs: 100, maxAttempts: 4 },
      [0, 100, 200, 300],
    ],
    [
      'exponential doubles',
      { strategy: 'exponential', initialDelayMs: 100, maxAttempts: 5 },
      [0, 100, 200, 400, 800],
    ],
    [
      'the longest delay caps every strategy',
      { strategy: 'exponential', initialDelayMs: 100, maxDelayMs: 300, maxAttempts: 5 },
      [0, 100, 200, 300, 300],
    ],
    [
      'a schedule repeats its last entry',
      { strategy: 'schedule', scheduleMs: [100, 500], maxAttempts: 5 },
      [0, 100, 500, 500, 500],
    ],
    ['one attempt has no retries', { strategy: 'fixed', maxAttempts: 1 }, [0]],
  ])('%s', (_, input, expected) => {
    expect(delays(input)).toEqual(expected);
  });

  it.each([
    ['quick', 3, 50_000],
    ['standard', 9, 20.7 * HOUR_MS],
    ['patient', 13, 72 * HOUR_MS],
  ] as const)('preset %s makes %i attempts in about the time its label says', (name, attempts, totalMs) => {
    const last = previewRetries(RETRY_PRESETS[name]).at(-1);
    expect(last?.attempt).toBe(attempts);
    expect(Math.abs((last?.totalMs ?? 0) - totalMs)).toBeLessThan(totalMs * 0.05);
  });
});
