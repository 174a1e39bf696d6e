/** From counts to the two figures that say how well a webhook is served. */

import type { SuccessRates } from '@im/contracts/api/success-rates';

/** A delivery is due once it is so old: until then it may well be on its way. */
const DUE_AFTER_MS = 60_000;
/** Recent deliveries are counted by so much of their creation time; `recent_slot_of` of the database does the same. */
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

/** Deliveries created before count as due: they are a minute old at least, and five seconds more at most. */
export function dueBefore(nowMs: number): Date {
  return new Date(Math.floor((nowMs - DUE_AFTER_MS) / SLOT_MS) * SLOT_MS);
}

export function attemptsOf({ succeeded, failed, retried }: CountedOutcomes): number {
  return succeeded + failed + retried;
}

/** Each 0..1, or null: there is nothing to say yet. */
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
