import type { WebhookStatistics } from '@im/contracts/api/statistics';
import { watch } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { useRefreshWhile } from '../../../shared/composables/use-refresh-while.js';
import { QUIET_MS } from '../../../shared/live/use-live-refresh.js';
import { useStatisticsRange, type StatisticsRange } from '../../../shared/statistics/use-statistics-range.js';
import { getWebhookStatistics } from '../webhooks.api.js';

export interface WebhookStatisticsOfSpan extends Omit<StatisticsRange, 'toQuery' | 'isCurrent'> {
  state: AsyncState<WebhookStatistics>;
}

/** The statistics of one webhook in the span that the URL names; they stay up to date. */
export function useWebhookStatistics(appKey: () => string, webhookId: () => string): WebhookStatisticsOfSpan {
  const { toQuery, isCurrent, ...span } = useStatisticsRange();
  const state = useAsyncState((signal) => getWebhookStatistics(appKey(), webhookId(), toQuery(), signal));
  watch(webhookId, () => state.reset());
  watch([webhookId, () => JSON.stringify(span.range.value)], () => void state.reload(), { immediate: true });
  useRefreshWhile(state.reload, () => isCurrent.value);
  useRefreshWhile(state.reload, () => !isCurrent.value, QUIET_MS);
  return { ...span, state };
}
