import type { App } from '@im/contracts/api/apps';
import type { Page } from '@im/contracts/api/common';
import type { Webhook } from '@im/contracts/api/webhooks';
import { watch, type ComputedRef } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { useRefreshWhile } from '../../../shared/composables/use-refresh-while.js';
import { useQueryFilters } from '../../../shared/composables/use-query-filters.js';
import { mayRecoverByItself } from '../../../shared/webhooks/stop-reason.js';
import { getApp } from '../../../shared/apps/apps.api.js';
import { listWebhooks } from '../webhooks.api.js';

export interface WebhookListing {
  appState: AsyncState<App>;
  listState: AsyncState<Page<Webhook>>;
  cursor: ComputedRef<string | undefined>;
  goToPage: (cursor: string | undefined) => Promise<void>;
}

/** An app, and the page of its webhooks that the URL names. */
export function useWebhookList(appKey: () => string): WebhookListing {
  const { cursor, goToPage } = useQueryFilters([]);
  const appState = useAsyncState((signal) => getApp(appKey(), signal));
  const listState = useAsyncState((signal) => listWebhooks(appKey(), cursor.value, signal));

  watch(
    appKey,
    () => {
      appState.reset();
      listState.reset();
      void appState.reload();
    },
    { immediate: true },
  );
  watch([appKey, cursor], () => void listState.reload(), { immediate: true });

  useRefreshWhile(listState.reload, () => listState.data.value?.data.some(mayRecoverByItself) ?? false);

  return { appState, listState, cursor, goToPage };
}
