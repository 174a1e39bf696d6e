import { computed, watch, type ComputedRef } from 'vue';
import { useAsyncState } from '../../../shared/composables/use-async-state.js';
import { lastFailedDelivery } from '../alerts.api.js';
import type { Incident, LastFailure } from '../model/incidents.js';

/**
 * How the last attempt failed. Rules about rates and waiting do not know it, so the newest failed delivery is asked for;
 * if that does not load, nothing is shown.
 */
export function useLastFailure(incident: () => Incident): ComputedRef<LastFailure | null> {
  const state = useAsyncState(async (signal) => {
    const { appKey, webhookId, lastFailure } = incident();
    if (webhookId === null || lastFailure !== null) return null;
    const { data } = await lastFailedDelivery(appKey, webhookId, signal);
    const [found] = data;
    if (!found) return null;
    const { deliveryId, responseStatus, errorClass } = found;
    return { deliveryId, responseStatus, errorClass };
  });
  watch(
    () => `${incident().id} ${String(incident().lastFailure === null)}`,
    () => void state.reload(),
    { immediate: true },
  );
  return computed(() => incident().lastFailure ?? state.data.value ?? null);
}
