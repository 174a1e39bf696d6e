import type { StreamName } from '../load/event-stream.js';

/** An event that was handed in, and what is known of it. */
export interface PostedEvent {
  sequence: number;
  stream: StreamName;
  /** Whose next event waits for the answer to this one; with a conversation, also that. */
  sender: number;
  hasId: boolean;
  /**
   * `acknowledged`: answered 202. `unknown`: nobody said what became of it, and without an id it cannot be asked again.
   * `refused`: it certainly was not stored.
   */
  state: 'acknowledged' | 'unknown' | 'refused';
  /** As answered; more than one is a fault. */
  eventIds: string[];
  /** Unix time of the first 202, milliseconds. */
  acceptedAt: number | null;
  posts: number;
}
