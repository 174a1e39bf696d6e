/** Limits how many deliveries of one webhook are queued in memory; the others stay in the database. */

const MAX_QUEUED = 4_000;
/** While its receiver is slow. */
const MAX_QUEUED_WHEN_SLOW = 200;
/** While the memory of the process is short. */
const MAX_QUEUED_WHEN_SHORT = 20;
/** A rate-limited webhook queues what it can send in this time. */
const SECONDS_AHEAD = 5;
/** More are claimed when fewer are queued. */
const CLAIM_BELOW = 500;
const CLAIM_BELOW_WHEN_SLOW = 50;
/** Replays queued here; a recovery keeps its others in the rows. */
const MAX_REPLAYS_QUEUED = 100;
export const CLAIM_REPLAYS_BELOW = 50;

/** What the limits of a webhook depend on. */
export interface CapacityView {
  isMemoryShort: boolean;
  /** Requests a second; 0: no limit. */
  rateLimitPerSecond: number;
  isSlow: boolean;
}

export function maxQueued({ isMemoryShort, rateLimitPerSecond, isSlow }: CapacityView): number {
  if (isMemoryShort) return MAX_QUEUED_WHEN_SHORT;
  if (rateLimitPerSecond > 0) return Math.min(MAX_QUEUED, SECONDS_AHEAD * rateLimitPerSecond + 1);
  return isSlow ? MAX_QUEUED_WHEN_SLOW : MAX_QUEUED;
}

export function maxReplaysQueued(view: CapacityView): number {
  return Math.min(MAX_REPLAYS_QUEUED, maxQueued(view));
}

export function claimBelow({ isSlow }: Pick<CapacityView, 'isSlow'>): number {
  return isSlow ? CLAIM_BELOW_WHEN_SLOW : CLAIM_BELOW;
}
