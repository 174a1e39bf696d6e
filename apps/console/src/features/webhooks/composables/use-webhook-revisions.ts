import type { Page } from '@im/contracts/api/common';
import type { WebhookRevision } from '@im/contracts/api/webhook-revisions';
import { ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { notifyError } from '../../../shared/ui/notify.js';
import { listRevisions } from '../webhooks.api.js';

export interface WebhookRevisions {
  state: AsyncState<Page<WebhookRevision>>;
  /** Those of later pages. */
  older: ShallowRef<WebhookRevision[]>;
  nextCursor: Ref<string | null>;
  isLoadingMore: Ref<boolean>;
  loadMore: () => Promise<void>;
}

/** Who changed the webhook, newest first. @param revision the current one; another one reloads the list */
export function useWebhookRevisions(
  appKey: () => string,
  webhookId: () => string,
  revision: () => number,
): WebhookRevisions {
  const older = shallowRef<WebhookRevision[]>([]);
  const nextCursor = ref<string | null>(null);
  const isLoadingMore = ref(false);
  const state = useAsyncState(async (signal) => {
    const page = await listRevisions(appKey(), webhookId(), undefined, signal);
    older.value = [];
    nextCursor.value = page.page.nextCursor;
    return page;
  });
  watch([appKey, webhookId, revision], () => void state.reload(), { immediate: true });

  async function loadMore(): Promise<void> {
    if (nextCursor.value === null) return;
    isLoadingMore.value = true;
    try {
      const page = await listRevisions(appKey(), webhookId(), nextCursor.value);
      older.value = [...older.value, ...page.data];
      nextCursor.value = page.page.nextCursor;
    } catch (error) {
      notifyError(error);
    } finally {
      isLoadingMore.value = false;
    }
  }

  return { state, older, nextCursor, isLoadingMore, loadMore };
}
