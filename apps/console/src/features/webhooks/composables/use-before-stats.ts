import type { BeforeStatistics } from '@im/contracts/api/before-stats';
import type { Webhook } from '@im/contracts/api/webhooks';
import { watch } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { getBeforeStatistics } from '../webhooks.api.js';

/** The decisions of the last 24 hours. */
export function useBeforeStats(webhook: () => Webhook): AsyncState<BeforeStatistics> {
  const state = useAsyncState((signal) => getBeforeStatistics(webhook().appKey, webhook().webhookId, signal));
  watch(webhook, () => void state.reload(), { immediate: true });
  return state;
}
