import type { AlertSettings } from '@im/contracts/api/alert-rules';
import { watch } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { getAlertRules } from '../alerts.api.js';

/** Loads the alert rules of an app. */
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
