import type { ExplainedSignature } from '@im/contracts/api/signature-explanation';
import { useDebounceFn } from '@vueuse/core';
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { explainSignature } from '../debugger.api.js';
import { parseRequest, printRequest, type ParseFault, type PastedRequest } from '../model/parse-request.js';

const TYPING_PAUSE_MS = 350;

export interface Explanation {
  /** The request as pasted. */
  text: Ref<string>;
  /** The key to try; '' for those of the app. Never stored. */
  secret: Ref<string>;
  /** Why the text is no request; null while it is empty or is one. */
  fault: ComputedRef<ParseFault | null>;
  /** Of the current text; null without a request. */
  state: AsyncState<ExplainedSignature | null>;
  /** Shows a request that was sent, and keeps its bytes as they were. */
  showRequest: (url: string, request: PastedRequest) => void;
}

/** Explains a request as soon as it is pasted. */
export function useExplanation(appKey: () => string): Explanation {
  const text = ref('');
  const secret = ref('');
  /** A text field turns CRLF into LF, so a request that was not pasted is kept beside its text. */
  const exact = shallowRef<{ text: string; request: PastedRequest } | null>(null);

  const parsed = computed(() => {
    if (text.value.trim() === '') return null;
    return exact.value?.text === text.value ? { request: exact.value.request } : parseRequest(text.value);
  });
  const fault = computed(() => (parsed.value && 'fault' in parsed.value ? parsed.value.fault : null));

  const state = useAsyncState(async (signal) => {
    if (!parsed.value || 'fault' in parsed.value) return null;
    const question = { ...parsed.value.request, ...(secret.value !== '' && { secret: secret.value }) };
    return explainSignature(appKey(), question, signal);
  });
  const explainSoon = useDebounceFn(() => state.reload(), TYPING_PAUSE_MS);
  watch([text, secret, appKey], () => void explainSoon());

  function showRequest(url: string, request: PastedRequest): void {
    const printed = printRequest(url, request).replace(/\r\n?/g, '\n');
    exact.value = { text: printed, request };
    text.value = printed;
  }

  return { text, secret, fault, state, showRequest };
}
