/** Decides the next action for one webhook. A pure function; the lane executes it. */
import type { LeasedDelivery } from './leased-delivery.js';

/** One of a lane's two queues. */
export interface QueueView {
  readonly length: number;
  readonly oldest: Pick<LeasedDelivery, 'mayPassBreaker' | 'wasRefused' | 'queuedAt'> | undefined;
}

/** What the next action depends on. Instants are monotonic milliseconds. */
export interface LaneView {
  readonly live: QueueView;
  readonly replays: QueueView;
  readonly inFlight: number;
  readonly inFlightLimit: number;
  /** Fewer replays are in flight than may be. */
  readonly maySendReplay: boolean;
  /** It has queued deliveries that may not be sent: the webhook was paused, disabled or deleted. */
  readonly hasUnwanted: boolean;
  /** Its URL, headers and secrets can be opened. */
  readonly isOpenable: boolean;
  readonly isBreakerOpen: boolean;
  /** The receiver asked with Retry-After for no request until then. */
  readonly backoffUntil: number;
  readonly batch: { maxWaitMs: number; maxEvents: number } | null;
  /** Requests a second; 0: no limit. */
  readonly rateLimitPerSecond: number;
  /** Requests that the rate limiter allows now. */
  readonly tokens: number;
  readonly isAskingTokens: boolean;
}

export type Queue = 'live' | 'replays';

export type NextAction =
  /** There is nothing to send, or enough is in flight. */
  | { kind: 'idle' }
  /** Some, or all, of what is queued must not be sent now. */
  | { kind: 'release'; which: 'unwanted' | 'all' }
  | { kind: 'await-permit'; isReplay: boolean }
  | { kind: 'wait'; waitMs: number }
  | { kind: 'ask-rate' }
  /** One request of the queue; with batches it carries several deliveries. */
  | { kind: 'send'; from: Queue };

const IDLE = { kind: 'idle' } as const;

/** @param hasPermit whether the process may send another request of the lane, for a replay or not */
export function nextAction(
  lane: LaneView,
  now: number,
  hasPermit: (isReplay: boolean) => boolean,
): NextAction {
  if (lane.inFlight >= lane.inFlightLimit) return IDLE;
  if (lane.hasUnwanted) return { kind: 'release', which: 'unwanted' };
  const from = nextQueue(lane, now);
  const { oldest } = lane[from];
  if (!oldest) return IDLE;
  if (!lane.isOpenable || (lane.isBreakerOpen && !oldest.mayPassBreaker))
    return { kind: 'release', which: 'all' };
  const isReplay = from === 'replays';
  if (!hasPermit(isReplay)) return { kind: 'await-permit', isReplay };
  const waitMs = oldest.mayPassBreaker
    ? batchWaitMs(lane, lane[from], now)
    : Math.max(lane.backoffUntil - now, batchWaitMs(lane, lane[from], now));
  if (waitMs > 0) return { kind: 'wait', waitMs };
  if (lane.rateLimitPerSecond > 0 && lane.tokens < 1)
    return lane.isAskingTokens ? IDLE : { kind: 'ask-rate' };
  return { kind: 'send', from };
}

/** Live deliveries first; replays while there are none, or while they wait to fill a batch. */
function nextQueue(lane: LaneView, now: number): Queue {
  if (lane.replays.length === 0 || !lane.maySendReplay) return 'live';
  return lane.live.length === 0 || batchWaitMs(lane, lane.live, now) > 0 ? 'replays' : 'live';
}

/** How long the queue waits for more to fill a batch; not above 0: it does not wait. */
function batchWaitMs({ batch }: LaneView, { oldest, length }: QueueView, now: number): number {
  return batch && oldest && !oldest.wasRefused && length < batch.maxEvents
    ? oldest.queuedAt + batch.maxWaitMs - now
    : 0;
}
