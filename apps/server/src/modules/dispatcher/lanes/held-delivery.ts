import type { ClaimedDelivery, PendingDelivery } from '../../delivery-store/data/claims.repository.js';

/** What was not seen in the rows for so long is looked up again before it is sent: it may be canceled, or somebody else's. */
const STALE_MS = 500;
/** A lease must last so much longer than an attempt may take. */
const LEASE_MARGIN_MS = 1_000;

/** A delivery in this worker's hands, from its claim or hint until it is recorded or given back. */
export interface HeldDelivery extends PendingDelivery {
  claimNumber: number;
  /** When the next attempt is due; monotonic milliseconds, as all instants here. */
  dueAt: number;
  /** Until then nobody else takes it. */
  leaseEndsAt: number;
  /** When its row was last seen to be this worker's. */
  seenAt: number;
  /** A person asked for it: it goes out although its webhook is paused, disabled or its breaker open. */
  passesHolds: boolean;
  /** The same, or it probes: it goes out although the breaker is open. */
  mayPassBreaker: boolean;
  /** A request carries it, or its outcome is not recorded yet. */
  isUnderWay: boolean;
  /** When it came into its lane; a batch waits for others from then on. */
  queuedAt: number;
}

/** @param askedAt before the claim was sent, so that the lease is never thought longer than it is */
export function heldFrom(claimed: ClaimedDelivery, askedAt: number): HeldDelivery {
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

export function isStale({ seenAt, leaseEndsAt }: HeldDelivery, now: number): boolean {
  return now - seenAt > STALE_MS || leaseEndsAt < now + LEASE_MARGIN_MS;
}

/** It was in a batch that was refused as a whole: it stays in this worker's hands, for the request that carries its half. */
export function goOnAfterSplit(delivery: HeldDelivery, attempt: number, leaseEndsAt: number): void {
  const { maxAttempts, splits } = delivery;
  Object.assign(delivery, {
    ...{ attempts: attempt, maxAttempts: maxAttempts + 1, splits: splits + 1, wasRefused: true },
    ...{ seenAt: performance.now(), leaseEndsAt, isUnderWay: false },
  } satisfies Partial<HeldDelivery>);
}
