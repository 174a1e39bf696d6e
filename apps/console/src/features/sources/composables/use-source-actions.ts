/** Does what a person asks of a source: asks first where it matters, and says what happened. */
import type { Source } from '@im/contracts/api/sources';
import { ref, type Ref } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { attempt } from '../../../shared/ui/attempt.js';
import { confirmAction } from '../../../shared/ui/confirm-action.js';
import { notifySuccess } from '../../../shared/ui/notify.js';
import { deleteSource, updateSource } from '../sources.api.js';

export interface SourceActions {
  isBusy: Ref<boolean>;
  /** Pauses it after a question, or lets it receive again. */
  toggle: (source: Source) => Promise<void>;
  /** Resolves to whether it is deleted. */
  remove: (source: Source) => Promise<boolean>;
}

export function useSourceActions(reload: () => Promise<void>): SourceActions {
  const { t } = useText();
  const isBusy = ref(false);

  async function toggle(source: Source): Promise<void> {
    const { name, enabled } = source;
    const isSure =
      !enabled ||
      (await confirmAction({
        title: t('sources.pauseTitle'),
        message: t('sources.pauseConfirm', { name }),
        confirmText: t('sources.pause'),
      }));
    if (!isSure) return;
    await whileBusy(async () => {
      await updateSource(source, { enabled: !enabled });
      notifySuccess(t(enabled ? 'sources.pausedDone' : 'sources.resumedDone', { name }));
    });
    await reload();
  }

  async function remove(source: Source): Promise<boolean> {
    const { name, counters } = source;
    const isSure = await confirmAction({
      title: t('sources.deleteTitle'),
      message: t('sources.deleteConfirm', { name, received: counters.received }),
      confirmText: t('sources.deleteAction'),
      isDangerous: true,
    });
    if (!isSure) return false;
    return whileBusy(async () => {
      await deleteSource(source);
      notifySuccess(t('sources.deleted', { name }));
    });
  }

  async function whileBusy(action: () => Promise<void>): Promise<boolean> {
    isBusy.value = true;
    const isDone = await attempt(action);
    isBusy.value = false;
    return isDone;
  }

  return { isBusy, toggle, remove };
}
