/** Turns the buckets of statistics into the columns of charts and the rows of tables. */
import type { WebhookStatistics } from '@im/contracts/api/statistics';

export type StatisticsBucket = WebhookStatistics['buckets'][number];

/** The names of what is drawn, in the order of the legend. */
export const OUTCOMES = ['succeeded', 'pending', 'failed', 'skipped'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export const LATENCIES = ['p50Ms', 'p95Ms', 'p99Ms'] as const;

/** The middles of the buckets in Unix seconds, then the values of each line. */
export type ChartColumns = [number[], ...(number | null)[][]];

/** Canceled ones were not sent either. */
export function countsOf({ succeeded, pending, failed, skipped, canceled }: StatisticsBucket) {
  return { succeeded, pending, failed, skipped: skipped + canceled } satisfies Record<Outcome, number>;
}

/** Each outcome stands on those before it; the highest comes first, so that those below are drawn over it. */
export function outcomeColumns(buckets: readonly StatisticsBucket[]): ChartColumns {
  const stacks = buckets.map((bucket) => {
    const counts = countsOf(bucket);
    let height = 0;
    return OUTCOMES.map((name) => (height += counts[name]));
  });
  const layers = OUTCOMES.map((_, layer) => stacks.map((stack) => stack[layer] ?? 0));
  return [middlesOf(buckets), ...layers.reverse()];
}

/** @param thresholdPercent of the alert rule; null: it is off */
export function successColumns(
  buckets: readonly StatisticsBucket[],
  thresholdPercent: number | null,
): ChartColumns {
  const rates = buckets.map(({ attemptSuccessRate: rate }) => (rate === null ? null : rate * 100));
  const threshold = thresholdPercent === null ? [] : [buckets.map(() => thresholdPercent)];
  return [middlesOf(buckets), rates, ...threshold];
}

/** A logarithmic scale has no zero: what took no measurable time took a hundredth of a millisecond. */
const SHORTEST_MS = 0.01;

export function latencyColumns(buckets: readonly StatisticsBucket[]): ChartColumns {
  const valueOf = (value: number | null) => (value === null ? null : Math.max(SHORTEST_MS, value));
  return [middlesOf(buckets), ...LATENCIES.map((name) => buckets.map((bucket) => valueOf(bucket[name])))];
}

/** The whole buckets that a span touches; null: none. */
export function snapToBuckets(
  buckets: readonly StatisticsBucket[],
  fromMs: number,
  toMs: number,
): { from: string; to: string } | null {
  const touched = buckets.filter(({ from, to }) => Date.parse(to) > fromMs && Date.parse(from) < toMs);
  const [first, last] = [touched[0], touched.at(-1)];
  return first && last ? { from: first.from, to: last.to } : null;
}

function middlesOf(buckets: readonly StatisticsBucket[]): number[] {
  return buckets.map(({ from, to }) => (Date.parse(from) + Date.parse(to)) / 2_000);
}
