import type { Webhook } from '@im/contracts/api/webhooks';
import { watch } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { useRefreshWhile } from '../../../shared/composables/use-refresh-while.js';
import { mayRecoverByItself } from '../../../shared/webhooks/stop-reason.js';
import { getWebhook } from '../../../shared/webhooks/webhooks.api.js';

/** The webhook that the URL names. */
export function useWebhookDetail(appKey: () => string, webhookId: () => string): AsyncState<Webhook> {
  const state = useAsyncState((signal) => getWebhook(appKey(), webhookId(), signal));
  watch(
    [appKey, webhookId],
    () => {
      state.reset();
      void state.reload();
    },
    { immediate: true },
  );
  useRefreshWhile(state.reload, () => state.data.value !== undefined && mayRecoverByItself(state.data.value));
  return state;
}
