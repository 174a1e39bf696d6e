/** Writes the buckets of statistics as rows of the tables beside charts. */
import { computed, type ComputedRef } from 'vue';
import { useText } from '../../i18n/i18n.js';
import { formatDurationMs } from '../format/duration.js';
import { formatCount, formatRate } from '../format/number.js';
import { countsOf, LATENCIES, OUTCOMES, type StatisticsBucket } from './chart-data.js';
import type { ChartRow, ChartTable } from './chart-line.js';
import { formatBucketStart } from './tick-text.js';

export interface ChartRows {
  outcomes: ComputedRef<ChartTable>;
  success: ComputedRef<ChartTable>;
  latency: ComputedRef<ChartTable>;
}

const NOTHING = '–';

/** @param logPath the delivery log that shows the deliveries of a bucket */
export function useChartRows(
  buckets: () => readonly StatisticsBucket[],
  thresholdPercent: () => number | null,
  logPath: () => string,
): ChartRows {
  const { localeTag } = useText();

  function tableOf(write: (bucket: StatisticsBucket) => Pick<ChartRow, 'texts' | 'cells'>): ChartTable {
    const present = buckets();
    return {
      count: present.length,
      rowAt: (index) => {
        const bucket = present[index];
        if (!bucket) return undefined;
        const { from, to } = bucket;
        const { texts, cells } = write(bucket);
        const time = formatBucketStart(from, Date.parse(to) - Date.parse(from), localeTag.value);
        return { key: from, time, texts, to: bucketLog(logPath(), bucket), cells: [from, to, ...cells] };
      },
    };
  }

  const outcomes = computed(() =>
    tableOf((bucket) => {
      const counts = countsOf(bucket);
      const cells = OUTCOMES.map((name) => counts[name]);
      return { cells, texts: cells.map((count) => formatCount(count, localeTag.value)) };
    }),
  );
  const success = computed(() =>
    tableOf(({ attemptSuccessRate: rate, attempts }) => {
      const threshold = thresholdPercent();
      return {
        cells: [rate, attempts],
        texts: [
          rate === null ? NOTHING : formatRate(rate, localeTag.value),
          threshold === null ? NOTHING : formatRate(threshold / 100, localeTag.value),
        ],
      };
    }),
  );
  const latency = computed(() =>
    tableOf((bucket) => {
      const cells = LATENCIES.map((name) => bucket[name]);
      const textOf = (ms: number | null) => (ms === null ? NOTHING : formatDurationMs(ms, localeTag.value));
      return { cells, texts: cells.map(textOf) };
    }),
  );
  return { outcomes, success, latency };
}

function bucketLog(logPath: string, { from, to }: Pick<StatisticsBucket, 'from' | 'to'>): string {
  return `${logPath}?${new URLSearchParams({ from, to }).toString()}`;
}
