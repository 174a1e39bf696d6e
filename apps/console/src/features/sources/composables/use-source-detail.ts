import type { Source } from '@im/contracts/api/sources';
import { watch } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { useRefreshWhile } from '../../../shared/composables/use-refresh-while.js';
import { getSource } from '../sources.api.js';

/** The source that the URL names; its counters stay up to date while the page is visible. */
export function useSourceDetail(appKey: () => string, sourceId: () => string): AsyncState<Source> {
  const state = useAsyncState((signal) => getSource(appKey(), sourceId(), signal));
  watch(
    [appKey, sourceId],
    () => {
      state.reset();
      void state.reload();
    },
    { immediate: true },
  );
  // A deleted source does not come back.
  useRefreshWhile(state.reload, () => state.data.value !== undefined && state.error.value === null);
  return state;
}
