/** Shows a source's whole address on request; every look is recorded by the server. */
import type { Source } from '@im/contracts/api/sources';
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { attempt } from '../../../shared/ui/attempt.js';
import { confirmAction } from '../../../shared/ui/confirm-action.js';
import { revealToken } from '../sources.api.js';

export interface SourceAddress {
  /** Whole after it was revealed, else masked; '' while there is no source. */
  url: ComputedRef<string>;
  isRevealed: ComputedRef<boolean>;
  isRevealing: Ref<boolean>;
  reveal: () => Promise<void>;
  hide: () => void;
}

export function useSourceAddress(source: () => Source | undefined): SourceAddress {
  const { t } = useText();
  const revealed = shallowRef<string | null>(null);
  const isRevealing = ref(false);

  // Another source, or perhaps another token.
  watch([() => source()?.sourceId, () => source()?.updatedAt], hide);

  async function reveal(): Promise<void> {
    const shown = source();
    if (!shown) return;
    const isSure = await confirmAction({
      title: t('sources.reveal'),
      message: t('sources.revealConfirm', { name: shown.name }),
      confirmText: t('sources.revealAction'),
    });
    if (!isSure) return;
    isRevealing.value = true;
    await attempt(async () => {
      revealed.value = (await revealToken(shown)).url;
    });
    isRevealing.value = false;
  }

  function hide(): void {
    revealed.value = null;
  }

  return {
    url: computed(() => revealed.value ?? source()?.url ?? ''),
    isRevealed: computed(() => revealed.value !== null),
    isRevealing,
    reveal,
    hide,
  };
}
