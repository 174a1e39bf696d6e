import type { TestWebhookResult, Webhook } from '@im/contracts/api/webhooks';
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { listWebhookNames } from '../../../shared/webhooks/webhooks.api.js';
import { sendExample } from '../docs.api.js';

export interface ExampleSend {
  webhooks: AsyncState<readonly Webhook[]>;
  webhookId: Ref<string>;
  chosen: ComputedRef<Webhook | undefined>;
  isSending: Ref<boolean>;
  /** Of the last one; null before the first, and after another event or webhook was chosen. */
  result: ShallowRef<TestWebhookResult | null>;
  /** Why it could not be sent. */
  error: ShallowRef<unknown>;
  send: () => Promise<void>;
}

/** Sends the example of an event to a webhook of the app. */
export function useExampleSend(appKey: () => string, event: () => string): ExampleSend {
  const webhooks = useAsyncState(async (signal) => (await listWebhookNames(appKey(), signal)).data);
  const webhookId = ref('');
  const isSending = ref(false);
  const result = shallowRef<TestWebhookResult | null>(null);
  const error = shallowRef<unknown>(null);
  const chosen = computed(() => webhooks.data.value?.find((each) => each.webhookId === webhookId.value));

  watch(
    appKey,
    async () => {
      webhooks.reset();
      await webhooks.reload();
      const all = webhooks.data.value ?? [];
      webhookId.value = (all.find(({ enabled }) => enabled) ?? all[0])?.webhookId ?? '';
    },
    { immediate: true },
  );
  watch([event, webhookId], () => {
    result.value = null;
    error.value = null;
  });

  async function send(): Promise<void> {
    isSending.value = true;
    error.value = null;
    try {
      result.value = await sendExample(appKey(), webhookId.value, event());
    } catch (reason) {
      error.value = reason;
    } finally {
      isSending.value = false;
    }
  }

  return { webhooks, webhookId, chosen, isSending, result, error, send };
}
