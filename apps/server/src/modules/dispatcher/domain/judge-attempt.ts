/** Decides what follows from an attempt: delivered, retried or failed. */
import type { ErrorClass } from '@im/contracts/api/deliveries';
import type { RetryPolicy } from '@im/contracts/api/retry-policy';
import { retryDelayMs } from '../../delivery-store/domain/retry-delay.js';

export type Verdict =
  | { kind: 'delivered' }
  | { kind: 'retry'; delayMs: number }
  | { kind: 'failed'; reason: 'exhausted' | 'not_retryable' | 'gone' };

/** The part of an attempt's outcome that decides. */
export interface JudgedOutcome {
  responseStatus: number | null;
  /** null = success. */
  errorClass: ErrorClass | null;
  /** What the receiver asked for with 429 or 503. */
  retryAfterMs: number | null;
}

export interface AttemptToJudge {
  outcome: JudgedOutcome;
  policy: RetryPolicy;
  /** Counts from 1. */
  attempt: number;
  /** The policy's, or 1 for a test send. */
  maxAttempts: number;
  random: () => number;
}

export function judgeAttempt({ outcome, policy, attempt, maxAttempts, random }: AttemptToJudge): Verdict {
  if (outcome.errorClass === null) return { kind: 'delivered' };
  if (outcome.errorClass === 'gone') return { kind: 'failed', reason: 'gone' };
  if (!isRetryable(outcome, policy)) return { kind: 'failed', reason: 'not_retryable' };
  if (attempt >= maxAttempts) return { kind: 'failed', reason: 'exhausted' };
  const askedMs = Math.min(outcome.retryAfterMs ?? 0, policy.maxDelayMs);
  return { kind: 'retry', delayMs: Math.max(retryDelayMs(policy, attempt, random), askedMs) };
}

/** Every error is retried, also blocked addresses and DNS errors (DNS may change), unless the policy says no. */
function isRetryable({ responseStatus, errorClass }: JudgedOutcome, policy: RetryPolicy): boolean {
  if (responseStatus !== null) return policy.retryOnStatus?.includes(responseStatus) ?? true;
  const isTimeout = errorClass === 'connect_timeout' || errorClass === 'response_timeout';
  return policy.retryOnTimeout || !isTimeout;
}
