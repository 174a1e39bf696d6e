import type { Page } from '@im/contracts/api/common';
import type { Source } from '@im/contracts/api/sources';
import { watch, type ComputedRef } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { useQueryFilters } from '../../../shared/composables/use-query-filters.js';
import { useRefreshWhile } from '../../../shared/composables/use-refresh-while.js';
import { listSources } from '../sources.api.js';

/** Often enough that what was last received is worth reading. */
const INTERVAL_MS = 15_000;

export interface SourceList {
  state: AsyncState<Page<Source>>;
  cursor: ComputedRef<string | undefined>;
  goToPage: (cursor: string | undefined) => Promise<void>;
}

/** The page of the app's sources that the URL names; it stays up to date while it is visible. */
export function useSourceList(appKey: () => string): SourceList {
  const { cursor, goToPage } = useQueryFilters([]);
  const state = useAsyncState((signal) => listSources(appKey(), cursor.value, signal));
  watch(appKey, () => state.reset());
  watch([appKey, cursor], () => void state.reload(), { immediate: true });
  useRefreshWhile(state.reload, () => (state.data.value?.data.length ?? 0) > 0, INTERVAL_MS);
  return { state, cursor, goToPage };
}
