/** Counts why deliveries failed, the most frequent cause first. */
import type { Delivery } from '@im/contracts/api/deliveries';

export interface FailureCause {
  errorClass: NonNullable<Delivery['errorClass']>;
  count: number;
  /** Of the most frequent one, 0..1. */
  share: number;
  /** The HTTP statuses behind it, the most frequent first. */
  responseStatuses: number[];
}

const MOST_STATUSES = 3;

export function failureCauses(
  deliveries: readonly Pick<Delivery, 'errorClass' | 'responseStatus'>[],
): FailureCause[] {
  const groups = new Map<FailureCause['errorClass'], (number | null)[]>();
  for (const { errorClass, responseStatus } of deliveries) {
    if (errorClass !== null) groups.set(errorClass, [...(groups.get(errorClass) ?? []), responseStatus]);
  }
  const most = Math.max(1, ...[...groups.values()].map((statuses) => statuses.length));
  return [...groups]
    .map(([errorClass, statuses]) => ({
      errorClass,
      count: statuses.length,
      share: statuses.length / most,
      responseStatuses: mostFrequent(statuses.filter((status) => status !== null)),
    }))
    .sort((one, other) => other.count - one.count);
}

function mostFrequent(statuses: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .slice(0, MOST_STATUSES)
    .map(([status]) => status);
}
