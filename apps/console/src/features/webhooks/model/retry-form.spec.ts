import { completeRetryPolicy } from '@im/contracts/api/retry-policy';
import { RETRY_PRESETS } from '@im/contracts/api/retry-presets';
import { describe, expect, it } from 'vitest';
import { faultsOfRetryForm, toRetryForm, toRetryPolicy, type RetryForm } from './retry-form.js';

const custom = (changes: Partial<RetryForm> = {}): RetryForm => ({
  ...toRetryForm(RETRY_PRESETS.standard),
  choice: 'custom',
  ...changes,
});

describe('toRetryForm', () => {
  it.each(['quick', 'standard', 'patient'] as const)('recognises the preset %s', (name) => {
    expect(toRetryForm(RETRY_PRESETS[name]).choice).toBe(name);
  });

  it('recognises a preset regardless of the order of its keys', () => {
    const reversed = Object.fromEntries(
      Object.entries(RETRY_PRESETS.quick).reverse(),
    ) as typeof RETRY_PRESETS.quick;
    expect(toRetryForm(reversed).choice).toBe('quick');
  });

  it('shows any other policy as custom and writes back the same policy', () => {
    const policy = completeRetryPolicy({
      strategy: 'exponential',
      initialDelayMs: 250,
      maxDelayMs: 60_000,
      maxAttempts: 7,
      retryOnStatus: [429, 503],
      retryOnTimeout: false,
    });
    const form = toRetryForm(policy);
    expect(form.choice).toBe('custom');
    expect(toRetryPolicy(form)).toEqual(policy);
  });
});

describe('toRetryPolicy', () => {
  it('sends no schedule with the other strategies', () => {
    expect(toRetryPolicy(custom({ strategy: 'fixed', initialDelay: '200ms' }))).not.toHaveProperty(
      'scheduleMs',
    );
  });

  it.each<[string, Partial<RetryForm>, string]>([
    ['schedule', { schedule: 'often' }, 'schedule'],
    ['first delay', { strategy: 'fixed', initialDelay: '5' }, 'initialDelay'],
    ['longest delay', { maxDelay: '' }, 'maxDelay'],
    ['statuses', { retryOnStatus: '200, 503' }, 'retryOnStatus'],
  ])('refuses an unreadable %s', (_, changes, fault) => {
    expect(faultsOfRetryForm(custom(changes))).toEqual({ [fault]: true });
    expect(toRetryPolicy(custom(changes))).toBeNull();
  });

  it('does not mind unreadable details behind a preset', () => {
    expect(faultsOfRetryForm(custom({ choice: 'quick', maxDelay: '' }))).toEqual({});
  });
});
