import type { DeliveryDetail } from '@im/contracts/api/deliveries';
import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue';
import { notifyError } from '../../../shared/ui/notify.js';
import { revealDelivery } from '../deliveries.api.js';
import { withRevealed } from '../model/with-revealed.js';

export interface RevealedContent {
  /** The delivery with what was revealed of it. */
  shown: ComputedRef<DeliveryDetail>;
  isRevealing: Ref<boolean>;
  /** Shows the content; the server records who asked. */
  reveal: () => Promise<void>;
}

/** The content of a delivery, which some people see only after revealing it; another delivery is masked again. */
export function useRevealedContent(delivery: () => DeliveryDetail): RevealedContent {
  const revealed = shallowRef<DeliveryDetail>();
  const isRevealing = ref(false);

  async function reveal(): Promise<void> {
    const { appKey, deliveryId } = delivery();
    isRevealing.value = true;
    try {
      revealed.value = await revealDelivery(appKey, deliveryId);
    } catch (error) {
      notifyError(error);
    } finally {
      isRevealing.value = false;
    }
  }

  return { shown: computed(() => withRevealed(delivery(), revealed.value)), isRevealing, reveal };
}
