/** Adds up causes of failure over their HTTP statuses, the most frequent first. */
import type { FailureCause } from '@im/contracts/api/failure-causes';

const MAX_STATUSES = 3;

interface Counted {
  errorClass: FailureCause['errorClass'];
  /** null: there was no answer. */
  responseStatus: number | null;
  count: number;
}

/** @param counted each pair of error class and status once */
export function rankCauses(counted: readonly Counted[]): FailureCause[] {
  const causes = new Map<Counted['errorClass'], FailureCause>();
  for (const { errorClass, responseStatus, count } of counted.toSorted(byCount)) {
    const cause = causes.get(errorClass) ?? { errorClass, count: 0, responseStatuses: [] };
    cause.count += count;
    if (responseStatus !== null && cause.responseStatuses.length < MAX_STATUSES) {
      cause.responseStatuses.push(responseStatus);
    }
    causes.set(errorClass, cause);
  }
  return [...causes.values()].sort(byCount);
}

function byCount(one: { count: number }, other: { count: number }): number {
  return other.count - one.count;
}
