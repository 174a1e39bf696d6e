import type { AlertSettings } from '@im/contracts/api/alert-rules';
import { watch } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { getAlertRules } from '../alerts.api.js';

/** The rules an app's alerts go by. */
export function useAlertSettings(appKey: () => string): AsyncState<AlertSettings> {
  const state = useAsyncState((signal) => getAlertRules(appKey(), signal));
  watch(
    appKey,
    () => {
      state.reset();
      void state.reload();
    },
    { immediate: true },
  );
  return state;
}
