import { describe, expect, it } from 'vitest';
import {
  completeRetryPolicy,
  retryPolicyInputSchema,
  retryPolicySchema,
  type RetryPolicy,
  type RetryPolicyInput,
} from './retry-policy.js';
import { DEFAULT_RETRY_POLICY, RETRY_PRESETS } from './retry-presets.js';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;

describe('completeRetryPolicy', () => {
  it.each<[name: string, input: RetryPolicyInput, expected: Partial<RetryPolicy>]>([
    ['nothing', {}, { strategy: 'schedule', maxAttempts: 9, jitter: true, retryOnTimeout: true }],
    ['a schedule of its own', { scheduleMs: [100, 200] }, { maxAttempts: 3, scheduleMs: [100, 200] }],
    ['attempts beyond the schedule', { scheduleMs: [100], maxAttempts: 5 }, { maxAttempts: 5 }],
    ['a schedule longer than 12 h', { scheduleMs: [SECOND, 2 * DAY] }, { maxDelayMs: 2 * DAY }],
    ['a schedule with a cap', { scheduleMs: [2 * DAY], maxDelayMs: DAY }, { maxDelayMs: DAY }],
    ['exponential', { strategy: 'exponential' }, { maxAttempts: 9, initialDelayMs: 5_000, jitter: true }],
    ['linear', { strategy: 'linear' }, { maxAttempts: 9, maxDelayMs: 12 * HOUR, jitter: false }],
    [
      'fixed',
      { strategy: 'fixed', initialDelayMs: 200, maxAttempts: 12 },
      { initialDelayMs: 200, maxAttempts: 12, jitter: false },
    ],
    ['jitter chosen', { strategy: 'fixed', jitter: true }, { jitter: true }],
    ['jitter refused', { jitter: false }, { jitter: false }],
    ['statuses', { retryOnStatus: [500, 503] }, { retryOnStatus: [500, 503] }],
    ['a preset', { preset: 'patient' }, RETRY_PRESETS.patient],
    [
      'a preset and what it leaves open',
      { preset: 'quick', retryOnStatus: [503], retryOnTimeout: false },
      { ...RETRY_PRESETS.quick, retryOnStatus: [503], retryOnTimeout: false },
    ],
    ['no retry on timeout', { retryOnTimeout: false }, { retryOnTimeout: false }],
  ])('fills in %s', (_, input, expected) => {
    const policy = completeRetryPolicy(input);
    expect(policy).toMatchObject(expected);
    expect(retryPolicySchema.parse(policy)).toEqual(policy);
    expect(completeRetryPolicy(policy)).toEqual(policy);
  });

  it.each(['exponential', 'linear', 'fixed'] as const)('gives %s no schedule', (strategy) => {
    expect(completeRetryPolicy({ strategy })).not.toHaveProperty('scheduleMs');
  });

  it.each<[fault: string, input: Record<string, unknown>, path: string]>([
    ['a schedule elsewhere', { strategy: 'fixed', scheduleMs: [100] }, 'scheduleMs'],
    ['an empty schedule', { scheduleMs: [] }, 'scheduleMs'],
    ['a delay under 50 ms', { scheduleMs: [49] }, 'scheduleMs.0'],
    ['a delay over 7 days', { initialDelayMs: 7 * DAY + 1 }, 'initialDelayMs'],
    ['half a millisecond', { initialDelayMs: 100.5 }, 'initialDelayMs'],
    ['no attempt', { maxAttempts: 0 }, 'maxAttempts'],
    ['51 attempts', { maxAttempts: 51 }, 'maxAttempts'],
    ['an unknown strategy', { strategy: 'random' }, 'strategy'],
    ['a success status', { retryOnStatus: [200] }, 'retryOnStatus.0'],
    ['an unknown field', { delay: 5 }, ''],
    ['an unknown preset', { preset: 'eager' }, 'preset'],
    ['a preset and a number of it', { preset: 'quick', maxAttempts: 3 }, 'maxAttempts'],
    ['a preset and a strategy', { preset: 'quick', strategy: 'fixed' }, 'strategy'],
    ['a number as text', { maxAttempts: '3' }, 'maxAttempts'],
  ])('refuses %s', (_, input, path) => {
    const { error } = retryPolicyInputSchema.safeParse(input);
    expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
  });
});

describe('presets', () => {
  it.each<[name: keyof typeof RETRY_PRESETS, attempts: number, from: number, to: number]>([
    ['quick', 3, 30 * SECOND, 50 * SECOND],
    ['standard', 9, 20.5 * HOUR, 21 * HOUR],
    ['patient', 13, 2.9 * DAY, 3 * DAY],
  ])('%s gives up after %i attempts, in its time', (name, attempts, from, to) => {
    const { maxAttempts, scheduleMs = [], maxDelayMs } = RETRY_PRESETS[name];
    const totalMs = scheduleMs.reduce((sum, delayMs) => sum + Math.min(delayMs, maxDelayMs), 0);
    expect(maxAttempts).toBe(attempts);
    expect(scheduleMs).toHaveLength(attempts - 1);
    expect(totalMs).toBeGreaterThanOrEqual(from);
    expect(totalMs).toBeLessThanOrEqual(to);
  });

  it('quick stays within a minute when jitter lengthens every delay by a fifth', () => {
    const totalMs = (RETRY_PRESETS.quick.scheduleMs ?? []).reduce((sum, delayMs) => sum + delayMs, 0);
    expect(totalMs * 1.2).toBeLessThanOrEqual(60 * SECOND);
  });

  it('standard is what a new webhook gets', () => {
    expect(RETRY_PRESETS.standard).toEqual(DEFAULT_RETRY_POLICY);
    expect(DEFAULT_RETRY_POLICY.scheduleMs).toEqual([
      5_000, 30_000, 120_000, 600_000, 1_800_000, 7_200_000, 21_600_000, 43_200_000,
    ]);
  });
});
