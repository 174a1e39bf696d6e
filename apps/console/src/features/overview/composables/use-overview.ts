import type { AppStatistics } from '@im/contracts/api/statistics';
import { watch, type Ref } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { useLiveRefresh } from '../../../shared/live/use-live-refresh.js';
import { useStatisticsRange, type StatisticsRange } from '../../../shared/statistics/use-statistics-range.js';
import { getStatistics, loadWebhooks, type LoadedWebhooks } from '../overview.api.js';

export interface Overview extends Omit<StatisticsRange, 'toQuery'> {
  statistics: AsyncState<AppStatistics>;
  webhooks: AsyncState<LoadedWebhooks>;
  /** What happens is shown at once. */
  isLive: Ref<boolean>;
  reload: () => Promise<void>;
}

/** The statistics of the span that the URL names, and the webhooks as they are now; both stay up to date. */
export function useOverview(appKey: () => string): Overview {
  const { toQuery, ...span } = useStatisticsRange();
  const statistics = useAsyncState((signal) => getStatistics(appKey(), toQuery(), signal));
  const webhooks = useAsyncState((signal) => loadWebhooks(appKey(), signal));

  const { isLive, restart } = useLiveRefresh({
    appKey,
    figures: statistics.reload,
    webhooks: webhooks.reload,
    areCurrent: () => span.isCurrent.value,
  });

  watch(appKey, () => {
    statistics.reset();
    webhooks.reset();
  });
  watch([appKey, () => JSON.stringify(span.range.value)], () => void restart(), { immediate: true });

  return { ...span, statistics, webhooks, isLive, reload: restart };
}
