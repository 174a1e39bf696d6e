import type { Webhook } from '@im/contracts/api/webhooks';
import { computed, watch, type ComputedRef } from 'vue';
import { useAsyncState } from '../../../shared/composables/use-async-state.js';
import { listWebhookNames } from '../../../shared/webhooks/webhooks.api.js';

/** The webhooks a person can filter by. If they do not load, there are none: the list itself shows the error. */
export function useWebhookChoices(appKey: () => string): ComputedRef<Webhook[]> {
  const { data, reload } = useAsyncState((signal) => listWebhookNames(appKey(), signal));
  watch(appKey, () => void reload(), { immediate: true });
  return computed(() => data.value?.data ?? []);
}
