import type { TestWebhookResult, Webhook } from '@im/contracts/api/webhooks';
import { TEST_EVENT } from '@im/contracts/events/event-list';
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { testWebhook } from '../webhooks.api.js';

export interface TestSend {
  /** The event to send. */
  event: Ref<string>;
  isSending: Ref<boolean>;
  /** The result of the last one; null before the first. */
  result: ShallowRef<TestWebhookResult | null>;
  /** Why it could not be sent. */
  error: ShallowRef<unknown>;
  send: () => Promise<void>;
}

/** @param onSent called when there is a result, good or bad */
export function useTestSend(webhook: () => Webhook, onSent: () => void): TestSend {
  const event = ref<string>(TEST_EVENT);
  const isSending = ref(false);
  const result = shallowRef<TestWebhookResult | null>(null);
  const error = shallowRef<unknown>(null);

  async function send(): Promise<void> {
    const { appKey, webhookId } = webhook();
    isSending.value = true;
    error.value = null;
    try {
      result.value = await testWebhook(appKey, webhookId, { event: event.value });
      onSent();
    } catch (reason) {
      error.value = reason;
    } finally {
      isSending.value = false;
    }
  }

  return { event, isSending, result, error, send };
}
