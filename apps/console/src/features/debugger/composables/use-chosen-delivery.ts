import type { Delivery, DeliveryDetail } from '@im/contracts/api/deliveries';
import { watch } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { getDelivery, listRecentDeliveries } from '../debugger.api.js';
import type { PastedRequest } from '../model/parse-request.js';

export interface SentRequest {
  delivery: DeliveryDetail;
  /** Null: it was not sent yet, or its body is no longer kept. */
  request: PastedRequest | null;
}

export interface RequestRef {
  /** '' for none. */
  deliveryId: string;
  /** Any that does not exist means the newest. */
  attempt: number;
}

export interface ChosenDelivery {
  recent: AsyncState<readonly Delivery[]>;
  /** The request that the URL names. */
  chosen: AsyncState<SentRequest | null>;
  /** Loads it again after a failure. */
  reloadChosen: () => Promise<void>;
}

/** @param onLoaded with the request of a delivery that was chosen */
export function useChosenDelivery(
  appKey: () => string,
  wanted: () => RequestRef,
  onLoaded: (sent: SentRequest) => void,
): ChosenDelivery {
  const recent = useAsyncState(async (signal) => (await listRecentDeliveries(appKey(), signal)).data);
  const chosen = useAsyncState(async (signal) => {
    const { deliveryId, attempt } = wanted();
    if (deliveryId === '') return null;
    const delivery = await getDelivery(appKey(), deliveryId, signal);
    return { delivery, request: requestOf(delivery, attempt) };
  });

  watch(appKey, () => void recent.reload(), { immediate: true });
  watch(
    [appKey, () => wanted().deliveryId, () => wanted().attempt],
    () => {
      chosen.reset();
      void reloadChosen();
    },
    { immediate: true },
  );

  async function reloadChosen(): Promise<void> {
    const id = wanted().deliveryId;
    await chosen.reload();
    const sent = chosen.data.value;
    if (sent?.delivery.deliveryId === id) onLoaded(sent);
  }

  return { recent, chosen, reloadChosen };
}

function requestOf(
  { attemptLog, requestBody, isContentMasked }: DeliveryDetail,
  attempt: number,
): PastedRequest | null {
  const newest = attemptLog.toSorted((one, other) => other.attempt - one.attempt)[0];
  const sent = attemptLog.find((each) => each.attempt === attempt) ?? newest;
  if (!sent || requestBody === null || isContentMasked) return null;
  return { headers: { ...sent.requestHeaders }, body: requestBody };
}
