/** Decides when the open delivery is loaded again. */
import type { Delivery } from '@im/contracts/api/deliveries';

const SOONEST_MS = 1_000;
const LATEST_MS = 15_000;
/** Its probe or its resumption may come any time, but mostly does not. */
const HELD_BACK_MS = 5_000;

/**
 * Milliseconds until the next load: short while an attempt is due or under way, longer while the next one is far (a
 * person may cancel it, or the webhook may recover earlier). Null once the delivery has its outcome.
 */
export function nextLookInMs(
  delivery: Pick<Delivery, 'status' | 'nextAttemptAt' | 'heldBy'>,
  nowMs: number,
): number | null {
  if (delivery.status !== 'pending') return null;
  const waitMs = delivery.nextAttemptAt === null ? 0 : Date.parse(delivery.nextAttemptAt) - nowMs;
  return Math.min(Math.max(waitMs, delivery.heldBy !== null ? HELD_BACK_MS : SOONEST_MS), LATEST_MS);
}
