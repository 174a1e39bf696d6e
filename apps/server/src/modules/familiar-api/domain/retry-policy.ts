/** Converts retry policies between `/api/webhooks` and the service's own form. */
import {
  FAMILIAR_DEFAULTS,
  type FamiliarRetryPolicy,
  type FamiliarRetryPolicyInput,
} from '@im/contracts/api/familiar-webhooks';
import type { RetryPolicy, RetryPolicyInput } from '@im/contracts/api/retry-policy';

/** By default only network errors and answers of these statuses are retried. */
const SERVER_ERRORS: readonly number[] = Array.from({ length: 100 }, (_, index) => 500 + index);

export function toRetryPolicy(input: FamiliarRetryPolicyInput): RetryPolicyInput {
  return {
    maxAttempts: input.max_attempts ?? FAMILIAR_DEFAULTS.maxAttempts,
    strategy: input.backoff_strategy ?? FAMILIAR_DEFAULTS.strategy,
    initialDelayMs: input.initial_delay ?? FAMILIAR_DEFAULTS.initialDelayMs,
    maxDelayMs: input.max_delay ?? FAMILIAR_DEFAULTS.maxDelayMs,
    // The delays are those that the strategy's formula gives.
    jitter: false,
    retryOnStatus: input.retry_on_status ?? [...SERVER_ERRORS],
    retryOnTimeout: input.retry_on_timeout ?? true,
  };
}

/** Statuses and timeouts are named only where they are not the default ones. */
export function fromRetryPolicy(policy: RetryPolicy): FamiliarRetryPolicy {
  const { retryOnStatus, retryOnTimeout } = policy;
  const isDefault = retryOnTimeout && retryOnStatus !== undefined && isServerErrors(retryOnStatus);
  return {
    max_attempts: policy.maxAttempts,
    backoff_strategy: policy.strategy,
    initial_delay: policy.initialDelayMs,
    max_delay: policy.maxDelayMs,
    ...(!isDefault && {
      ...(retryOnStatus && { retry_on_status: retryOnStatus }),
      retry_on_timeout: retryOnTimeout,
    }),
  };
}

function isServerErrors(statuses: readonly number[]): boolean {
  return statuses.length === SERVER_ERRORS.length && statuses.every((status) => status >= 500);
}
