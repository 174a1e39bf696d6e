import { computed, watch, type ComputedRef } from 'vue';
import { useAsyncState } from '../../../shared/composables/use-async-state.js';
import { getHourlyStatistics } from '../webhooks.api.js';

/** How many deliveries each webhook of an app had in each of the last 24 hours; empty as long as it is not known. */
export function useWebhookCourses(appKey: () => string): ComputedRef<ReadonlyMap<string, readonly number[]>> {
  const state = useAsyncState((signal) => getHourlyStatistics(appKey(), signal));
  watch(
    appKey,
    () => {
      state.reset();
      // The list does without them if this fails.
      void state.reload();
    },
    { immediate: true },
  );
  return computed(
    () => new Map(state.data.value?.byWebhook.map(({ webhookId, course }) => [webhookId, course ?? []])),
  );
}
