/** Makes statistics as the API answers them. */
import type { AppStatistics, StatisticsCounts } from '@im/contracts/api/statistics';

export function sampleCounts(overrides: Partial<StatisticsCounts> = {}): StatisticsCounts {
  return {
    total: 0,
    succeeded: 0,
    failed: 0,
    canceled: 0,
    skipped: 0,
    pending: 0,
    attempts: 0,
    attemptSuccessRate: null,
    deliveredRate: null,
    successRate: null,
    meanMs: null,
    p50Ms: null,
    p95Ms: null,
    p99Ms: null,
    ...overrides,
  };
}

/** Hours from 08:00 on. */
export function sampleBuckets(...counts: Partial<StatisticsCounts>[]): AppStatistics['buckets'] {
  const at = (hour: number) => new Date(Date.UTC(2026, 4, 21, 8 + hour)).toISOString();
  return counts.map((each, index) => ({ from: at(index), to: at(index + 1), ...sampleCounts(each) }));
}
