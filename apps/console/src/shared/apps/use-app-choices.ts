/** Loads the apps to choose from. A failure leaves the choice empty, and keys show instead of names. */
import type { App } from '@im/contracts/api/apps';
import { computed, type ComputedRef } from 'vue';
import { useAsyncState } from '../composables/use-async-state.js';
import { listAppNames } from './apps.api.js';

export function useAppChoices(): ComputedRef<App[]> {
  const { data, reload } = useAsyncState(listAppNames);
  void reload();
  return computed(() => data.value?.data ?? []);
}
