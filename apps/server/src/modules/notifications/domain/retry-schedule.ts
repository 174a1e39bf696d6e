/** Computes when a failed notification is retried: soon at first, since a late alert is worth little. */

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

const PAUSES_MS: readonly number[] = [30 * SECOND_MS, 2 * MINUTE_MS, 10 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS];

export const MAX_ATTEMPTS = PAUSES_MS.length + 1;

/**
 * @param attempts made so far, the one that just failed included
 * @param askedForMs how long the platform asks to wait; null when it does not say
 * @returns milliseconds until the next attempt; null when there is none
 */
export function nextAttemptInMs(attempts: number, askedForMs: number | null): number | null {
  const pauseMs = PAUSES_MS[attempts - 1];
  return pauseMs === undefined ? null : Math.max(pauseMs, askedForMs ?? 0);
}
