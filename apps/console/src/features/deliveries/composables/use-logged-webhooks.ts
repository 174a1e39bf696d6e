import type { Webhook } from '@im/contracts/api/webhooks';
import { useThrottleFn } from '@vueuse/core';
import { computed, watch, type ComputedRef } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { getWebhook, listWebhooks } from '../deliveries.api.js';

/** Figures are counted over the whole log: not with every refresh of the first page. */
const FIGURES_INTERVAL_MS = 12_000;

export interface LoggedWebhooks {
  /** The webhook whose log it is, with its figures; its answer is undefined in the log of an app. */
  webhook: AsyncState<Webhook | undefined>;
  /** What the webhooks are called, by id; undefined in the log of one webhook, where nobody needs it. */
  names: ComputedRef<Map<string, string> | undefined>;
  /** Asks for the figures anew, at most so often. */
  refreshFigures: () => Promise<void>;
}

/** Whose log it is: of one webhook, or of an app with all its webhooks. */
export function useLoggedWebhooks(appKey: () => string, webhookId: () => string | undefined): LoggedWebhooks {
  const webhook = useAsyncState(async (signal) => {
    const id = webhookId();
    return id === undefined ? undefined : getWebhook(appKey(), id, signal);
  });
  const ofApp = useAsyncState(async (signal) =>
    webhookId() === undefined ? listWebhooks(appKey(), signal) : undefined,
  );
  const names = computed(() =>
    webhookId() === undefined
      ? new Map(ofApp.data.value?.data.map((one) => [one.webhookId, one.name || one.url]))
      : undefined,
  );

  watch(
    [appKey, webhookId],
    () => {
      webhook.reset();
      void webhook.reload();
      void ofApp.reload();
    },
    { immediate: true },
  );

  const refreshFigures = useThrottleFn(() => webhook.reload(), FIGURES_INTERVAL_MS, true);

  return { webhook, names, refreshFigures };
}
