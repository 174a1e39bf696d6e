import type { Checkup } from '@im/contracts/api/checkup';
import type { Webhook } from '@im/contracts/api/webhooks';
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { checkUpWebhook } from '../webhooks.api.js';

export interface ReceiverCheckup {
  isRunning: Ref<boolean>;
  /** The last score card; null before the first. */
  checkup: ShallowRef<Checkup | null>;
  /** Why it could not be made. */
  error: ShallowRef<unknown>;
  start: () => Promise<void>;
}

export function useCheckup(webhook: () => Webhook): ReceiverCheckup {
  const isRunning = ref(false);
  const checkup = shallowRef<Checkup | null>(null);
  const error = shallowRef<unknown>(null);

  async function start(): Promise<void> {
    const { appKey, webhookId } = webhook();
    isRunning.value = true;
    error.value = null;
    try {
      checkup.value = await checkUpWebhook(appKey, webhookId);
    } catch (reason) {
      error.value = reason;
    } finally {
      isRunning.value = false;
    }
  }

  return { isRunning, checkup, error, start };
}
