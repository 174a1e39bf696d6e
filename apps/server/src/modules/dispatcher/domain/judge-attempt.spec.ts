import { errorClassSchema, type ErrorClass } from '@im/contracts/api/deliveries';
import { completeRetryPolicy, type RetryPolicyInput } from '@im/contracts/api/retry-policy';
import { describe, expect, it } from 'vitest';
import { judgeAttempt, type JudgedOutcome } from './judge-attempt.js';

const answered = (
  responseStatus: number,
  errorClass: ErrorClass,
  retryAfterMs: number | null = null,
): JudgedOutcome => ({
  responseStatus,
  errorClass,
  retryAfterMs,
});
const unanswered = (errorClass: ErrorClass): JudgedOutcome => ({
  responseStatus: null,
  errorClass,
  retryAfterMs: null,
});

function judge(outcome: JudgedOutcome, input: RetryPolicyInput = {}, attempt = 1, maxAttempts = 9) {
  const policy = completeRetryPolicy({ strategy: 'fixed', initialDelayMs: 1_000, jitter: false, ...input });
  return judgeAttempt({ outcome, policy, attempt, maxAttempts, random: () => 0.5 });
}

const RETRY = { kind: 'retry', delayMs: 1_000 };
const NOT_RETRYABLE = { kind: 'failed', reason: 'not_retryable' };
const EXHAUSTED = { kind: 'failed', reason: 'exhausted' };
const GONE = { kind: 'failed', reason: 'gone' };

describe('an attempt', () => {
  it('that succeeded is delivered, the last one too', () => {
    const outcome = { responseStatus: 200, errorClass: null, retryAfterMs: null };
    expect(judge(outcome)).toEqual({ kind: 'delivered' });
    expect(judge(outcome, {}, 9)).toEqual({ kind: 'delivered' });
  });

  it.each(errorClassSchema.options.filter((errorClass) => errorClass !== 'gone'))(
    'that failed with %s is retried by default',
    (errorClass) => {
      expect(judge(unanswered(errorClass))).toEqual(RETRY);
    },
  );

  it.each<[number, number, object]>([
    [8, 9, RETRY],
    [9, 9, EXHAUSTED],
    [10, 9, EXHAUSTED],
    [1, 1, EXHAUSTED],
  ])('%d of %d', (attempt, maxAttempts, verdict) => {
    expect(judge(answered(500, 'server_error'), {}, attempt, maxAttempts)).toEqual(verdict);
  });

  it('answered 410 is never retried, whatever the policy lists', () => {
    expect(judge(answered(410, 'gone'))).toEqual(GONE);
    expect(judge(answered(410, 'gone'), { retryOnStatus: [410] })).toEqual(GONE);
    expect(judge(answered(410, 'gone'), {}, 9)).toEqual(GONE);
  });

  it.each<[JudgedOutcome, RetryPolicyInput, object]>([
    [answered(500, 'server_error'), { retryOnStatus: [500, 503] }, RETRY],
    [answered(502, 'server_error'), { retryOnStatus: [500, 503] }, NOT_RETRYABLE],
    [answered(302, 'redirect'), { retryOnStatus: [500] }, NOT_RETRYABLE],
    [answered(500, 'server_error'), { retryOnStatus: [] }, NOT_RETRYABLE],
    [unanswered('reset'), { retryOnStatus: [500] }, RETRY],
    [unanswered('response_timeout'), { retryOnStatus: [500] }, RETRY],
    [unanswered('response_timeout'), { retryOnTimeout: false }, NOT_RETRYABLE],
    [unanswered('connect_timeout'), { retryOnTimeout: false }, NOT_RETRYABLE],
    [unanswered('connect_refused'), { retryOnTimeout: false }, RETRY],
    [answered(504, 'server_error'), { retryOnTimeout: false }, RETRY],
  ])('%j under %j', (outcome, policy, verdict) => {
    expect(judge(outcome, policy)).toEqual(verdict);
  });

  it.each([
    [null, 1_000],
    [0, 1_000],
    [500, 1_000],
    [30_000, 30_000],
    [10_000_000, 60_000],
  ])('asked to wait %s ms waits %d ms', (retryAfterMs, delayMs) => {
    const outcome = answered(429, 'rate_limited', retryAfterMs);
    expect(judge(outcome, { maxDelayMs: 60_000 })).toEqual({ kind: 'retry', delayMs });
  });
});
