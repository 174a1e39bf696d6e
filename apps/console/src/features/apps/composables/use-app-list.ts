import type { AppSummary } from '@im/contracts/api/apps';
import type { Page } from '@im/contracts/api/common';
import { watch, type ComputedRef } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { useQueryFilters } from '../../../shared/composables/use-query-filters.js';
import { listApps } from '../apps.api.js';

export interface AppList {
  state: AsyncState<Page<AppSummary>>;
  cursor: ComputedRef<string | undefined>;
  goToPage: (cursor: string | undefined) => Promise<void>;
}

/** The page of apps that the URL names. */
export function useAppList(): AppList {
  const { cursor, goToPage } = useQueryFilters([]);
  const state = useAsyncState((signal) => listApps(signal, cursor.value));
  watch(cursor, () => void state.reload(), { immediate: true });
  return { state, cursor, goToPage };
}
