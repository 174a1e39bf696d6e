import type { WebhookStatistics } from '@im/contracts/api/statistics';
import { computed, watch, type ComputedRef } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { useQueryFilters } from '../../../shared/composables/use-query-filters.js';
import { useRefreshWhile } from '../../../shared/composables/use-refresh-while.js';
import {
  presetParameter,
  readRange,
  toRangeQuery,
  type RangePreset,
  type TimeRange,
} from '../../../shared/statistics/time-range.js';
import { getWebhookStatistics } from '../webhooks.api.js';

export interface WebhookStatisticsOfSpan {
  range: ComputedRef<TimeRange>;
  setPreset: (preset: RangePreset) => Promise<void>;
  setSpan: (span: { from: string; to: string }) => Promise<void>;
  state: AsyncState<WebhookStatistics>;
}

/** The statistics of one webhook in the span that the URL names; they stay up to date. */
export function useWebhookStatistics(appKey: () => string, webhookId: () => string): WebhookStatisticsOfSpan {
  const query = useQueryFilters(['range', 'from', 'to']);
  const range = computed(() => readRange(query.filters.value));
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const state = useAsyncState((signal) =>
    getWebhookStatistics(
      appKey(),
      webhookId(),
      { ...toRangeQuery(range.value, Date.now()), timeZone },
      signal,
    ),
  );
  watch(webhookId, () => state.reset());
  watch([webhookId, () => JSON.stringify(range.value)], () => void state.reload(), { immediate: true });
  useRefreshWhile(state.reload, () => true);
  return {
    range,
    setPreset: (preset) => query.setFilters({ range: presetParameter(preset), from: '', to: '' }),
    setSpan: (span) => query.setFilters({ ...span, range: '' }),
    state,
  };
}
