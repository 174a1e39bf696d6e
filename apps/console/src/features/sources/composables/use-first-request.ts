/** Waits for the first request of a source that is being set up. */
import type { SourceRequestEntry } from '@im/contracts/api/sources';
import { computed, type ComputedRef, type ShallowRef } from 'vue';
import { useAsyncState } from '../../../shared/composables/use-async-state.js';
import { useRefreshWhile } from '../../../shared/composables/use-refresh-while.js';
import { listRequests } from '../sources.api.js';

const INTERVAL_MS = 2_000;

export interface FirstRequest {
  /** The newest one so far; the first one that was accepted stays. */
  request: ComputedRef<SourceRequestEntry | undefined>;
  isAccepted: ComputedRef<boolean>;
  /** Why the server could not be asked the last time. */
  error: ShallowRef<unknown>;
}

/** Looks every two seconds while the page is visible, until a request was accepted. */
export function useFirstRequest(appKey: () => string, sourceId: () => string): FirstRequest {
  const { data, error, reload } = useAsyncState((signal) =>
    listRequests(appKey(), sourceId(), { limit: 1 }, signal),
  );
  const request = computed(() => data.value?.data[0]);
  const isAccepted = computed(() => request.value?.outcome === 'accepted');
  void reload();
  useRefreshWhile(reload, () => !isAccepted.value, INTERVAL_MS);
  return { request, isAccepted, error };
}
