import type { Delivery } from '@im/contracts/api/deliveries';
import { ref, type Ref } from 'vue';
import { useText } from '../../i18n/i18n.js';
import { confirmAction } from '../ui/confirm-action.js';
import { notifyError, notifySuccess } from '../ui/notify.js';
import { cancelDelivery, redeliver as postRedeliver, sendDeliveryNow } from './delivery-actions.api.js';

/** What is needed of one. */
type ActedOn = Pick<Delivery, 'deliveryId' | 'event'>;

export interface DeliveryActions {
  isBusy: Ref<boolean>;
  redeliver: (delivery: ActedOn) => Promise<void>;
  sendNow: (delivery: ActedOn) => Promise<void>;
  cancel: (delivery: ActedOn) => Promise<void>;
}

export interface DeliveryActionHooks {
  onRedelivered: (redelivery: Delivery) => void;
  onSentNow: (delivery: Delivery) => void;
  onCanceled: () => void;
}

/** What a person can do with one delivery; failures are shown, and leave everything as it was. */
export function useDeliveryActions(appKey: () => string, hooks: DeliveryActionHooks): DeliveryActions {
  const { t } = useText();
  const isBusy = ref(false);

  async function run(action: () => Promise<void>): Promise<void> {
    isBusy.value = true;
    try {
      await action();
    } catch (error) {
      notifyError(error);
    } finally {
      isBusy.value = false;
    }
  }

  const redeliver = ({ deliveryId }: ActedOn) =>
    run(async () => {
      const redelivery = await postRedeliver(appKey(), deliveryId);
      notifySuccess(t('deliveries.redelivered'));
      hooks.onRedelivered(redelivery);
    });

  const sendNow = ({ deliveryId }: ActedOn) =>
    run(async () => {
      const sent = await sendDeliveryNow(appKey(), deliveryId);
      notifySuccess(t('deliveries.sentNow'));
      hooks.onSentNow(sent);
    });

  async function cancel({ event, deliveryId }: ActedOn): Promise<void> {
    const isSure = await confirmAction({
      title: t('deliveries.cancelTitle'),
      message: t('deliveries.cancelConfirm', { event, deliveryId }),
      confirmText: t('deliveries.cancelAction'),
      isDangerous: true,
    });
    if (!isSure) return;
    await run(async () => {
      await cancelDelivery(appKey(), deliveryId);
      notifySuccess(t('deliveries.canceled'));
      hooks.onCanceled();
    });
  }

  return { isBusy, redeliver, sendNow, cancel };
}
