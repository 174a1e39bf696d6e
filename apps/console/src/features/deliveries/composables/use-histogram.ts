/** Loads the statistics behind the histogram of a log: with its filters, and now and then while it is followed. */
import type { WebhookStatistics } from '@im/contracts/api/statistics';
import { computed, watch, type ComputedRef } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { useRefreshWhile } from '../../../shared/composables/use-refresh-while.js';
import { useSlowClock } from '../../../shared/composables/use-slow-clock.js';
import { getLogStatistics } from '../deliveries.api.js';
import type { DeliveryFilters } from '../model/delivery-filters.js';
import { barsOf, chosenSpan, histogramQuery, type Bar, type Span } from '../model/histogram.js';

const LIVE_INTERVAL_MS = 10_000;

export interface HistogramOptions {
  appKey: () => string;
  webhookId: () => string | undefined;
  filters: () => DeliveryFilters;
  isLive: () => boolean;
  /** Changes when a person has the log loaded again. */
  version: () => number;
}

export interface Histogram {
  state: AsyncState<WebhookStatistics>;
  bars: ComputedRef<Bar[]>;
  /** Undefined: all of it. */
  chosen: ComputedRef<Span | undefined>;
}

export function useHistogram({ appKey, webhookId, filters, isLive, version }: HistogramOptions): Histogram {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const nowMs = useSlowClock();
  const state = useAsyncState<WebhookStatistics>((signal) =>
    getLogStatistics(appKey(), webhookId(), { ...histogramQuery(filters(), Date.now()), timeZone }, signal),
  );
  const asked = computed(() => {
    const { event, from, to, range } = filters();
    return JSON.stringify([event, from, to, range]);
  });
  watch([appKey, webhookId], () => state.reset());
  watch([appKey, webhookId, asked, version], () => void state.reload(), { immediate: true });
  useRefreshWhile(state.reload, isLive, LIVE_INTERVAL_MS);
  return {
    state,
    bars: computed(() => barsOf(state.data.value?.buckets ?? [], filters().status)),
    chosen: computed(() => chosenSpan(filters(), nowMs.value)),
  };
}
