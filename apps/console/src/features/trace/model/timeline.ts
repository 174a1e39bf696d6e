/** Lays events out in time, with the gaps between them. */
import type { TracedEvent } from '@im/contracts/api/trace';
import type { TraceCandidate } from './trace-candidates.js';

/** A pause that is at least so long is marked. */
const GAP_MS = 10 * 60_000;

export interface TimelineItem {
  event: TracedEvent;
  /** The pause before it, since the event before; null if it is short. */
  gapMs: number | null;
}

/** @param events newest first */
export function timelineOf(events: readonly TracedEvent[]): TimelineItem[] {
  return events.map((event, index) => {
    const before = events[index + 1];
    const pauseMs = before === undefined ? 0 : Date.parse(event.receivedAt) - Date.parse(before.receivedAt);
    return { event, gapMs: pauseMs >= GAP_MS ? pauseMs : null };
  });
}

/** A conversation and a user have many events; other ids lead to one message or event. */
export function isTimeline(by: TraceCandidate | undefined): boolean {
  return by?.key === 'conversationId' || by?.key === 'userId';
}

/** The event that a search for a message is about: that it was sent, else the first one. */
export function mainEventOf(events: readonly TracedEvent[]): TracedEvent | undefined {
  return events.findLast(({ event }) => event === 'message.sent') ?? events.at(-1);
}
