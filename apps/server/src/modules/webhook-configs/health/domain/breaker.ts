/** Decides when failures open the circuit breaker of a webhook, and how long until the next probe. */
import { UNHEALTHY_FAILURES } from '@im/contracts/api/webhooks';

/** A webhook's failures before a batch of outcomes. */
export interface FailuresBefore {
  /** Failed attempts since the last success. */
  consecutiveFailures: number;
  isOpen: boolean;
  /** When a person last closed the breaker or ended a pause; null: never. */
  resumedAt: Date | null;
}

/** What a batch adds that ends with a failure. */
export interface FailuresAdded {
  /** Failed attempts after the last success of the batch, or all of them when there is none. */
  trailingFailures: number;
  hasSuccess: boolean;
  /** When the last failed attempt began; null: unknown. */
  lastFailureStartedAt: Date | null;
}

export interface FailuresAfter {
  consecutiveFailures: number;
  isOpen: boolean;
}

/**
 * A success within the batch ends the failures before it. Attempts that began before a person closed the breaker count
 * as failures, but do not open it again.
 */
export function addFailures(before: FailuresBefore, added: FailuresAdded): FailuresAfter {
  const { trailingFailures, hasSuccess, lastFailureStartedAt } = added;
  const consecutiveFailures = trailingFailures + (hasSuccess ? 0 : before.consecutiveFailures);
  const { resumedAt } = before;
  const isOfNow =
    resumedAt === null ||
    (lastFailureStartedAt !== null && lastFailureStartedAt.getTime() > resumedAt.getTime());
  return {
    consecutiveFailures,
    isOpen: consecutiveFailures >= UNHEALTHY_FAILURES && (before.isOpen || isOfNow),
  };
}

export const FIRST_PROBE_MS = 30_000;
export const MAX_PROBE_MS = 300_000;

/** How outcomes changed a webhook's health. */
export interface HealthChange {
  /** The breaker is open. */
  isPaused: boolean;
}
