/** Computes the delay before the next attempt. */
import type { RetryPolicy } from '@im/contracts/api/retry-policy';

/** Jitter changes a delay by up to this fraction, in either direction. */
const JITTER = 0.2;

/**
 * @param failedAttempts how many attempts have failed so far, from 1
 * @param random as `Math.random`: 0 <= x < 1
 * @returns whole milliseconds; never above `maxDelayMs`, except that a schedule is used as it is written
 */
export function retryDelayMs(policy: RetryPolicy, failedAttempts: number, random: () => number): number {
  const isScheduled = policy.strategy === 'schedule' && policy.scheduleMs !== undefined;
  const limitMs = isScheduled ? Infinity : policy.maxDelayMs;
  const plannedMs = Math.min(plannedDelayMs(policy, Math.max(1, failedAttempts)), limitMs);
  if (!policy.jitter) return plannedMs;
  return Math.min(Math.round(plannedMs * (1 - JITTER + 2 * JITTER * random())), limitMs);
}

function plannedDelayMs(policy: RetryPolicy, n: number): number {
  switch (policy.strategy) {
    case 'schedule':
      return policy.scheduleMs?.[n - 1] ?? policy.scheduleMs?.at(-1) ?? policy.initialDelayMs;
    case 'exponential':
      return policy.initialDelayMs * 2 ** (n - 1);
    case 'linear':
      return policy.initialDelayMs * n;
    case 'fixed':
      return policy.initialDelayMs;
  }
}
