/** Orders the attempts of a delivery in time, with how long it really waited before each. */
import type { Attempt } from '@im/contracts/api/deliveries';

export interface TimedAttempt {
  attempt: Attempt;
  /** From the end of the attempt before; null for the first one. */
  waitedMs: number | null;
}

/** Newest first. */
export function timelineOf(attempts: readonly Attempt[]): TimedAttempt[] {
  const ordered = attempts.toSorted((a, b) => a.attempt - b.attempt);
  return ordered
    .map((attempt, index) => {
      const before = ordered[index - 1];
      const waitedMs =
        before === undefined ? null : Math.max(0, Date.parse(attempt.startedAt) - endOf(before));
      return { attempt, waitedMs };
    })
    .reverse();
}

/** What the longest attempt took: the phases of all are drawn to this scale. */
export function longestOf(attempts: readonly Attempt[]): number {
  return Math.max(0, ...attempts.map(({ durationMs }) => durationMs));
}

function endOf({ startedAt, durationMs }: Attempt): number {
  return Date.parse(startedAt) + durationMs;
}
