import type { Page } from '@im/contracts/api/common';
import type { AppStatistics } from '@im/contracts/api/statistics';
import type { Webhook } from '@im/contracts/api/webhooks';
import { computed, watch, type ComputedRef, type Ref } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { useQueryFilters } from '../../../shared/composables/use-query-filters.js';
import { useLiveRefresh } from '../../../shared/live/use-live-refresh.js';
import {
  presetParameter,
  readRange,
  toRangeQuery,
  type RangePreset,
  type TimeRange,
} from '../../../shared/statistics/time-range.js';
import { listWebhookNames } from '../../../shared/webhooks/webhooks.api.js';
import { getStatistics } from '../overview.api.js';

export interface Overview {
  range: ComputedRef<TimeRange>;
  setPreset: (preset: RangePreset) => Promise<void>;
  setSpan: (span: { from: string; to: string }) => Promise<void>;
  statistics: AsyncState<AppStatistics>;
  webhooks: AsyncState<Page<Webhook>>;
  /** What happens is shown at once. */
  isLive: Ref<boolean>;
  reload: () => Promise<void>;
}

/** The statistics of the span that the URL names, and the webhooks as they are now; both stay up to date. */
export function useOverview(appKey: () => string): Overview {
  const query = useQueryFilters(['range', 'from', 'to']);
  const range = computed(() => readRange(query.filters.value));
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const statistics = useAsyncState((signal) =>
    getStatistics(appKey(), { ...toRangeQuery(range.value, Date.now()), timeZone }, signal),
  );
  const webhooks = useAsyncState((signal) => listWebhookNames(appKey(), signal));

  async function reload(): Promise<void> {
    await Promise.all([statistics.reload(), webhooks.reload()]);
  }

  watch(appKey, () => {
    statistics.reset();
    webhooks.reset();
  });
  watch([appKey, () => JSON.stringify(range.value)], () => void reload(), { immediate: true });

  return {
    range,
    setPreset: (preset) => query.setFilters({ range: presetParameter(preset), from: '', to: '' }),
    setSpan: (span) => query.setFilters({ ...span, range: '' }),
    statistics,
    webhooks,
    isLive: useLiveRefresh(appKey, reload),
    reload,
  };
}
