/** Keeps the dialog that asks a webhook once, as an IM server does. */
import type { BeforeDecision } from '@im/contracts/api/before';
import type { Webhook } from '@im/contracts/api/webhooks';
import { parseExactly } from '@im/contracts/exact-json';
import { computed, ref, shallowRef, watch } from 'vue';
import { askReceiver, getEventExample } from '../webhooks.api.js';

/** @param onAsked called when there is a decision */
export function useAskNow(webhook: () => Webhook, onAsked: () => void) {
  const event = ref(webhook().before?.events[0] ?? '');
  const data = ref('{}');
  const isAsking = ref(false);
  const decision = shallowRef<BeforeDecision | null>(null);
  const error = shallowRef<unknown>(null);
  const parsed = computed(() => parseObject(data.value));
  let example = data.value;

  watch(event, loadExample, { immediate: true });

  /** What a person typed stays. Commands of IM servers have no example. */
  async function loadExample(name: string): Promise<void> {
    const loaded = await getEventExample(name).catch(() => ({}));
    if (event.value !== name || data.value !== example) return;
    data.value = example = JSON.stringify(loaded, null, 2);
  }

  async function ask(): Promise<void> {
    if (!parsed.value) return;
    isAsking.value = true;
    error.value = null;
    try {
      decision.value = await askReceiver(webhook().appKey, event.value, { data: parsed.value });
      onAsked();
    } catch (reason) {
      decision.value = null;
      error.value = reason;
    } finally {
      isAsking.value = false;
    }
  }

  return { event, data, isDataValid: computed(() => parsed.value !== null), isAsking, decision, error, ask };
}

/** Numbers digit by digit. @returns null: it is no JSON object */
function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value = parseExactly(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject && text.trim().startsWith('{') ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
