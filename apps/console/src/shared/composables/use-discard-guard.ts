/** Asks before typed input is thrown away: when a form is closed, the page left, or the tab closed. */
import { useEventListener } from '@vueuse/core';
import { onBeforeRouteLeave } from 'vue-router';
import { useText } from '../../i18n/i18n.js';
import { confirmAction } from '../ui/confirm-action.js';

/**
 * @param isDirty whether something was typed that is not saved
 * @returns asks if needed; resolves to whether the form may close
 */
export function useDiscardGuard(isDirty: () => boolean): () => Promise<boolean> {
  const { t } = useText();

  async function mayDiscard(): Promise<boolean> {
    if (!isDirty()) return true;
    return confirmAction({
      title: t('common.discardTitle'),
      message: t('common.discardText'),
      confirmText: t('common.discard'),
      isDangerous: true,
    });
  }

  onBeforeRouteLeave(mayDiscard);
  useEventListener(window, 'beforeunload', (event) => {
    if (isDirty()) event.preventDefault();
  });
  return mayDiscard;
}
