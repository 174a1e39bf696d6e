/** Keeps the span of statistics in the URL. */
import { computed, type ComputedRef } from 'vue';
import { useQueryFilters } from '../composables/use-query-filters.js';
import { useSlowClock } from '../composables/use-slow-clock.js';
import {
  isCurrent,
  presetParameter,
  readRange,
  toRangeQuery,
  type RangePreset,
  type RangeQuery,
  type TimeRange,
} from './time-range.js';

export interface ChosenSpan {
  from: string;
  to: string;
}

export interface StatisticsRange {
  range: ComputedRef<TimeRange>;
  /** What happens now belongs to it. */
  isCurrent: ComputedRef<boolean>;
  /** What to ask the service for, in the reader's time zone. */
  toQuery: () => RangeQuery & { timeZone: string };
  setPreset: (preset: RangePreset) => Promise<void>;
  setSpan: (span: ChosenSpan) => Promise<void>;
}

export function useStatisticsRange(): StatisticsRange {
  const query = useQueryFilters(['range', 'from', 'to']);
  const range = computed(() => readRange(query.filters.value));
  const nowMs = useSlowClock();
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return {
    range,
    isCurrent: computed(() => isCurrent(range.value, nowMs.value)),
    toQuery: () => ({ ...toRangeQuery(range.value, Date.now()), timeZone }),
    setPreset: (preset) => query.setFilters({ range: presetParameter(preset), from: '', to: '' }),
    setSpan: (span) => query.setFilters({ ...span, range: '' }),
  };
}
