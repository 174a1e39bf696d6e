import type { App } from '@im/contracts/api/apps';
import { computed, type ComputedRef } from 'vue';
import { useAsyncState } from '../../../shared/composables/use-async-state.js';
import { listAppNames } from '../notifications.api.js';

/** The apps by their names. Should they not load, there are none, and keys show. */
export function useAppNames(): ComputedRef<App[]> {
  const { data, reload } = useAsyncState(listAppNames);
  void reload();
  return computed(() => data.value?.data ?? []);
}
