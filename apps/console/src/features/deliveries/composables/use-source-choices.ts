/** Loads the sources to choose from. A failure leaves the choice empty. */
import type { Source } from '@im/contracts/api/sources';
import { computed, watch, type ComputedRef } from 'vue';
import { useAsyncState } from '../../../shared/composables/use-async-state.js';
import { listSourceNames } from '../../../shared/sources/sources.api.js';
import { useSessionStore } from '../../../stores/session.js';

/** Of the app; none for those who may not read sources. */
export function useSourceChoices(appKey: () => string): ComputedRef<Source[]> {
  const session = useSessionStore();
  const { data, reload, reset } = useAsyncState((signal) => listSourceNames(appKey(), signal));
  watch(
    appKey,
    () => {
      reset();
      if (session.can('manageSources')) void reload();
    },
    { immediate: true },
  );
  return computed(() => data.value?.data ?? []);
}
