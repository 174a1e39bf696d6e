/**
 * Decides what a channel sends next: one notice, all waiting ones in one message, or nothing yet. Usually every notice
 * has a message of its own; in a storm they are grouped, which also keeps a channel below the platforms' limits (20
 * messages a minute at the strictest).
 */

/** Single messages of a channel per minute; more notices are grouped. */
const SINGLES_PER_MINUTE = 5;
const MINUTE_MS = 60_000;
/** How long notices gather for the next message of a storm. */
const GATHER_MS = 15_000;
/** Notices in one message; the rest waits for the next one. */
export const MAX_NOTICES_PER_MESSAGE = 200;

export type MessagePlan = { kind: 'single' } | { kind: 'group' } | { kind: 'wait'; forMs: number };

/**
 * @param waiting notices that are due, at least one
 * @param messageTimesMs when messages went out, Unix milliseconds, in any order
 */
export function planMessage(waiting: number, messageTimesMs: readonly number[], nowMs: number): MessagePlan {
  const recent = recentTimes(messageTimesMs, nowMs);
  if (recent.length + waiting <= SINGLES_PER_MINUTE) return { kind: 'single' };
  const sinceLastMs = nowMs - Math.max(...recent, -Infinity);
  if (recent.length >= SINGLES_PER_MINUTE && sinceLastMs < GATHER_MS) {
    return { kind: 'wait', forMs: GATHER_MS - sinceLastMs };
  }
  return { kind: waiting === 1 ? 'single' : 'group' };
}

/** The instants of the last minute; one that lies ahead comes from another clock and counts as now. */
function recentTimes(messageTimesMs: readonly number[], nowMs: number): number[] {
  return messageTimesMs.map((atMs) => Math.min(atMs, nowMs)).filter((atMs) => atMs > nowMs - MINUTE_MS);
}
