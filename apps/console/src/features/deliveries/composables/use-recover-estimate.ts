import type { Recovery, RecoveryEstimate, RecoverRequest } from '@im/contracts/api/recoveries';
import { useDebounceFn } from '@vueuse/core';
import { computed, watch, type ComputedRef } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { formatDurationMs } from '../../../shared/format/duration.js';
import { formatCount } from '../../../shared/format/number.js';
import { estimateRecovery } from '../recoveries.api.js';

const TYPING_PAUSE_MS = 350;

export interface RecoverEstimate {
  /** Null without a valid request. */
  state: AsyncState<RecoveryEstimate | null>;
  /** Of the current request; '' until it is known. */
  text: ComputedRef<string>;
}

/** Estimates how much a recovery would send and how long that takes, again after each change. */
export function useRecoverEstimate(
  webhook: () => Pick<Recovery, 'appKey' | 'webhookId'>,
  request: () => RecoverRequest | undefined,
): RecoverEstimate {
  const { t, localeTag } = useText();
  const state = useAsyncState(async (signal) => {
    const asked = request();
    return asked ? estimateRecovery(webhook(), asked, signal) : null;
  });
  const askSoon = useDebounceFn(() => state.reload(), TYPING_PAUSE_MS);
  watch(request, () => {
    state.reset();
    void askSoon();
  });
  void state.reload();

  const text = computed(() => {
    const known = state.data.value;
    if (!known) return '';
    const { count, isCountFinal, estimatedSeconds } = known;
    if (count === 0 && isCountFinal) return t('recoveries.estimateNone');
    return t(isCountFinal ? 'recoveries.estimate' : 'recoveries.estimateAtLeast', {
      total: formatCount(count, localeTag.value),
      duration: formatDurationMs(estimatedSeconds * 1_000, localeTag.value),
    });
  });
  return { state, text };
}
