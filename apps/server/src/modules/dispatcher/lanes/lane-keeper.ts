import type { AttemptedDelivery } from '../attempt-delivery.service.js';
import type { RecordResult } from '../data/attempt-records.repository.js';
import type { HeldDelivery } from './held-delivery.js';
import type { Lane } from './lane.js';

/** Where deliveries go that the lanes are done with. */
export interface LaneKeeper {
  /** Reads again which of them are this worker's; those that are come back first in line. */
  lookUp(lane: Lane, deliveries: HeldDelivery[]): void;
  /** Reads again which of them are this worker's and still wanted; what is not is given up. */
  confirm(lane: Lane, deliveries: HeldDelivery[]): Promise<HeldDelivery[]>;
  /** They are not to be sent now: the rows have them again. */
  giveBack(deliveries: HeldDelivery[]): void;
  /** How long a delivery is held beyond its next attempt, should the attempt fail; 0: not held. */
  holdMsFor(lane: Lane, retryInMs: number): number;
  /** An attempt is recorded, and what became of its delivery with it. */
  recorded(lane: Lane, delivery: HeldDelivery, end: RecordedEnd): void;
  /** It was not attempted or could not be recorded. */
  dropped(delivery: HeldDelivery): void;
  laneMoved(lane: Lane): void;
}

export interface RecordedEnd {
  attempted: AttemptedDelivery;
  result: RecordResult;
  /** When the attempt ended, monotonic milliseconds. */
  endedAt: number;
  /** As it was recorded, see {@link LaneKeeper.holdMsFor}. */
  holdMs: number;
}
