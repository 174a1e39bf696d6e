/** Loads the webhook that holds a delivery, so that it can be resumed from there. */
import type { DeliveryDetail } from '@im/contracts/api/deliveries';
import type { Webhook } from '@im/contracts/api/webhooks';
import { computed, watch, type ComputedRef } from 'vue';
import { useAsyncState } from '../../../shared/composables/use-async-state.js';
import { endsByResuming, stopReasonOf } from '../../../shared/webhooks/stop-reason.js';
import { useWebhookRestart } from '../../../shared/webhooks/use-webhook-restart.js';
import { getWebhook } from '../../../shared/webhooks/webhooks.api.js';

export interface HoldingWebhook {
  /** Undefined: the delivery is not held, or by something that resuming the webhook does not end. */
  resumable: ComputedRef<Webhook | undefined>;
  isBusy: ComputedRef<boolean>;
  resume: (webhook: Webhook) => Promise<boolean>;
}

export function useHoldingWebhook(
  delivery: () => DeliveryDetail | undefined,
  mayResume: () => boolean,
  onResumed: () => void,
): HoldingWebhook {
  // If this fails, resuming is not offered; the webhook's page is one click away.
  const { data, reload, reset } = useAsyncState((signal) => {
    const held = delivery();
    return held ? getWebhook(held.appKey, held.webhookId, signal) : Promise.resolve(undefined);
  });
  const { busyId, restart } = useWebhookRestart(async () => {
    await reload();
    onResumed();
  });
  watch(
    [() => delivery()?.deliveryId, () => delivery()?.heldBy, mayResume],
    ([, heldBy, may]) => {
      reset();
      if (may && heldBy !== null && heldBy !== undefined) void reload();
    },
    { immediate: true },
  );
  const resumable = computed(() => {
    const webhook = data.value;
    const reason = webhook && stopReasonOf(webhook);
    return reason && endsByResuming(reason) ? webhook : undefined;
  });
  return { resumable, isBusy: computed(() => busyId.value !== null), resume: restart };
}
