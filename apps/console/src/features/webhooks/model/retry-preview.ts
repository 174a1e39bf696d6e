/** Computes when the attempts of a retry policy happen, for the person who sets it. */
import type { RetryPolicy } from '@im/contracts/api/retry-policy';

export interface PlannedAttempt {
  /** Counts from 1; the first goes out at once. */
  attempt: number;
  /** Since the attempt before it, in milliseconds. */
  delayMs: number;
  /** Since the event was accepted, in milliseconds. */
  totalMs: number;
}

/**
 * Every attempt with its delay, without jitter and without the time that attempts themselves take.
 * Delays: schedule = its entries, the last one repeating; linear = initial × n; exponential =
 * initial × 2^(n-1); fixed = initial; all capped at the policy's longest delay.
 */
export function previewRetries(policy: RetryPolicy): PlannedAttempt[] {
  let totalMs = 0;
  return Array.from({ length: policy.maxAttempts }, (_, index) => {
    const delayMs = index === 0 ? 0 : Math.min(delayBeforeRetry(policy, index), policy.maxDelayMs);
    totalMs += delayMs;
    return { attempt: index + 1, delayMs, totalMs };
  });
}

/** @param retry 1 for the second attempt, and so on */
function delayBeforeRetry(policy: RetryPolicy, retry: number): number {
  switch (policy.strategy) {
    case 'schedule':
      return policy.scheduleMs?.[retry - 1] ?? policy.scheduleMs?.at(-1) ?? policy.initialDelayMs;
    case 'exponential':
      return policy.initialDelayMs * 2 ** (retry - 1);
    case 'linear':
      return policy.initialDelayMs * retry;
    case 'fixed':
      return policy.initialDelayMs;
  }
}
