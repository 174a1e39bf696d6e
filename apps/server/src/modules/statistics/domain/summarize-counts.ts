/** Summarizes counts and a histogram for people. */
import type { StatisticsCounts } from '@im/contracts/api/statistics';
import type { SuccessRates } from '@im/contracts/api/success-rates';
import { percentileOf, type DurationHistogram } from './duration-histogram.js';

export interface CountedDurations extends DurationHistogram {
  total: number;
  succeeded: number;
  failed: number;
  canceled: number;
  skipped: number;
  /** Failed attempts that did not end their delivery. */
  retried: number;
  /** Of kind event, neither canceled nor skipped, and old enough to have arrived. */
  due: number;
  /** Those of them that were delivered. */
  delivered: number;
  /** Of everything in the histogram, milliseconds. */
  durationSumMs: number;
}

const NOTHING: CountedDurations = {
  total: 0,
  succeeded: 0,
  failed: 0,
  canceled: 0,
  skipped: 0,
  retried: 0,
  due: 0,
  delivered: 0,
  durationSumMs: 0,
  bins: [],
  binCounts: [],
};

const SUMMED = [
  ...(['total', 'succeeded', 'failed', 'canceled', 'skipped'] as const),
  ...(['retried', 'due', 'delivered', 'durationSumMs'] as const),
];

/** Everything except attempts and rates, which the caller adds. */
export function summarizeCounts(
  counted: CountedDurations,
): Omit<StatisticsCounts, keyof SuccessRates | 'attempts'> {
  const { total, succeeded, failed, canceled, skipped, durationSumMs, binCounts } = counted;
  const settled = succeeded + failed;
  const measured = binCounts.reduce((sum, count) => sum + count, 0);
  return {
    total,
    succeeded,
    failed,
    canceled,
    skipped,
    pending: total - settled - canceled - skipped,
    meanMs: measured === 0 ? null : durationSumMs / measured,
    p50Ms: percentileOf(counted, 0.5),
    p95Ms: percentileOf(counted, 0.95),
    p99Ms: percentileOf(counted, 0.99),
  };
}

/** Adds up separate counts; percentiles of the sum are as exact as those of its parts. */
export function addCounts(parts: Iterable<CountedDurations>): CountedDurations {
  const sum = { ...NOTHING };
  const bins = new Map<number, number>();
  for (const part of parts) {
    for (const name of SUMMED) sum[name] += part[name];
    for (const [index, bin] of part.bins.entries()) {
      bins.set(bin, (bins.get(bin) ?? 0) + (part.binCounts[index] ?? 0));
    }
  }
  const ascending = [...bins].sort(([one], [other]) => one - other);
  return { ...sum, bins: ascending.map(([bin]) => bin), binCounts: ascending.map(([, count]) => count) };
}
