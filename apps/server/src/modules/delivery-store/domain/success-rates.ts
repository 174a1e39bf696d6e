/** Computes the two success rates of a webhook from counts. */

import type { SuccessRates } from '@im/contracts/api/success-rates';

/** A delivery is due at this age: until then it may still be on its way. */
const DUE_AFTER_MS = 60_000;
/** Recent deliveries are counted by this unit of their creation time, as in the database's `recent_slot_of`. */
const SLOT_MS = 5_000;

export interface CountedOutcomes {
  succeeded: number;
  failed: number;
  /** Failed attempts that did not end their delivery. */
  retried: number;
  /** Of kind event, neither canceled nor skipped, created before {@link dueBefore}. */
  due: number;
  /** Those of them that were delivered. */
  delivered: number;
}

/** Deliveries created before this are due. They are at least a minute old, and up to five seconds more. */
export function dueBefore(nowMs: number): Date {
  return new Date(Math.floor((nowMs - DUE_AFTER_MS) / SLOT_MS) * SLOT_MS);
}

export function attemptsOf({ succeeded, failed, retried }: CountedOutcomes): number {
  return succeeded + failed + retried;
}

/** Each 0..1, or null without data. */
export function successRatesOf(counted: CountedOutcomes): SuccessRates {
  const deliveredRate = shareOf(counted.delivered, counted.due);
  return {
    attemptSuccessRate: shareOf(counted.succeeded, attemptsOf(counted)),
    deliveredRate,
    successRate: deliveredRate,
  };
}

function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
