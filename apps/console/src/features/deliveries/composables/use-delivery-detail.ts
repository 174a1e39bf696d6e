import type { DeliveryDetail } from '@im/contracts/api/deliveries';
import { useDocumentVisibility, useTimeoutFn } from '@vueuse/core';
import { ref, watch } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { getDelivery } from '../deliveries.api.js';
import { nextLookInMs } from '../model/next-look.js';

export interface DeliveryFollower extends AsyncState<DeliveryDetail> {
  /** For a pending delivery that was not loaded yet: it may end before that. */
  awaitOutcome: (deliveryId: string) => void;
}

/**
 * The delivery that is open, followed until it has its outcome.
 *
 * @param onSettled called once, when a pending delivery has its outcome
 */
export function useDeliveryDetail(
  appKey: () => string,
  deliveryId: () => string | undefined,
  onSettled: (delivery: DeliveryDetail) => void,
): DeliveryFollower {
  const visibility = useDocumentVisibility();
  const waitMs = ref(0);
  const knownPending = new Set<string>();
  const { start, stop } = useTimeoutFn(() => void look(), waitMs, { immediate: false });

  const state = useAsyncState((signal) => {
    const id = deliveryId();
    if (id === undefined) throw new TypeError('no delivery is open');
    return getDelivery(appKey(), id, signal);
  });

  async function look(): Promise<void> {
    stop();
    if (deliveryId() === undefined) return;
    await state.reload();
    const after = state.data.value;
    if (!after || after.deliveryId !== deliveryId()) return;
    if (after.status === 'pending') knownPending.add(after.deliveryId);
    else if (knownPending.delete(after.deliveryId)) onSettled(after);
    const nextMs = nextLookInMs(after, Date.now());
    if (nextMs === null || visibility.value !== 'visible') return;
    waitMs.value = nextMs;
    start();
  }

  watch(
    deliveryId,
    (id) => {
      // A closing drawer keeps what it shows until it is out of sight.
      if (id !== undefined && id !== state.data.value?.deliveryId) state.reset();
      void look();
    },
    { immediate: true },
  );
  watch(visibility, (now) => {
    if (now === 'visible' && state.data.value?.status === 'pending') void look();
  });

  return { ...state, reload: look, awaitOutcome: (id) => knownPending.add(id) };
}
