import type { ClaimedDelivery, PendingDelivery } from '../../delivery-store/data/claims.repository.js';

/** A row read longer ago is read again before it is sent: it may be canceled, or claimed by another worker. */
const STALE_MS = 500;
/** A lease must last this much longer than an attempt may take. */
const LEASE_MARGIN_MS = 1_000;

/** A delivery that this worker has leased, from its claim or hint until it is recorded or released. */
export interface LeasedDelivery extends PendingDelivery {
  claimNumber: number;
  /** When the next attempt is due; monotonic milliseconds, as all instants here. */
  dueAt: number;
  /** Until then no other worker claims it. */
  leaseEndsAt: number;
  /** When its row was last seen to be leased by this worker. */
  seenAt: number;
  /** A person asked for it: it is sent although its webhook is paused, disabled or its breaker open. */
  passesHolds: boolean;
  /** The same, or it probes: it is sent although the breaker is open. */
  mayPassBreaker: boolean;
  /** A request carries it, or its outcome is not recorded yet. */
  isUnderWay: boolean;
  /** When it was queued in its lane; a batch waits for others from then on. */
  queuedAt: number;
}

/** @param askedAt before the claim was sent, so that the lease is never overestimated */
export function leasedFrom(claimed: ClaimedDelivery, askedAt: number): LeasedDelivery {
  return {
    ...claimed,
    dueAt: askedAt + Math.max(0, claimed.dueInMs),
    leaseEndsAt: askedAt + claimed.leaseMs,
    seenAt: performance.now(),
    mayPassBreaker: claimed.passesHolds,
    isUnderWay: false,
    queuedAt: 0,
  };
}

export function isStale({ seenAt, leaseEndsAt }: LeasedDelivery, now: number): boolean {
  return now - seenAt > STALE_MS || leaseEndsAt < now + LEASE_MARGIN_MS;
}

/** The batch that carried it was refused as a whole: it stays leased, for the request that carries its half. */
export function continueAfterSplit(delivery: LeasedDelivery, attempt: number, leaseEndsAt: number): void {
  const { maxAttempts, splits } = delivery;
  Object.assign(delivery, {
    ...{ attempts: attempt, maxAttempts: maxAttempts + 1, splits: splits + 1, wasRefused: true },
    ...{ seenAt: performance.now(), leaseEndsAt, isUnderWay: false },
  } satisfies Partial<LeasedDelivery>);
}

/** The same delivery, for its next attempt. Its row is read again before it is sent: meanwhile it may be canceled. */
export function retryOf(
  delivery: LeasedDelivery,
  {
    attempts,
    dueAt,
    leaseEndsAt,
    wasRefused,
  }: Pick<LeasedDelivery, 'attempts' | 'dueAt' | 'leaseEndsAt' | 'wasRefused'>,
): LeasedDelivery {
  return {
    ...delivery,
    ...{ attempts, dueAt, leaseEndsAt, wasRefused, seenAt: 0 },
    ...{ passesHolds: false, mayPassBreaker: false, isUnderWay: false },
  };
}
