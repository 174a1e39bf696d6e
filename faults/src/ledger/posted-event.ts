import type { StreamName } from '../load/event-stream.js';

/** Describes an event that was posted, and what is known of it. */
export interface PostedEvent {
  sequence: number;
  stream: StreamName;
  /** The sender, whose next event waits for this answer; with a conversation, also its id. */
  sender: number;
  hasId: boolean;
  /**
   * `acknowledged`: answered 202. `unknown`: there was no answer, and without an id it cannot be sent again. `refused`:
   * it certainly was not stored.
   */
  state: 'acknowledged' | 'unknown' | 'refused';
  /** As answered; more than one is a fault. */
  eventIds: string[];
  /** Unix time of the first 202, milliseconds. */
  acceptedAt: number | null;
  posts: number;
}
