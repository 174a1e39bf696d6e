/** Replaces a source's token in two steps: a next address is made, then taken into use. */
import type { Source } from '@im/contracts/api/sources';
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { attempt } from '../../../shared/ui/attempt.js';
import { confirmAction } from '../../../shared/ui/confirm-action.js';
import { notifySuccess } from '../../../shared/ui/notify.js';
import { activateToken, stageToken } from '../sources.api.js';

export interface TokenRotating {
  /** The next address, on the screen right now. */
  nextUrl: ShallowRef<string | null>;
  isBusy: Ref<boolean>;
  /** Asks first, since one that was staged before is replaced. */
  stage: () => Promise<void>;
  /** Resolves to whether the next token is in use now. */
  activate: (overlapSeconds: number) => Promise<boolean>;
}

/** @param onChanged called when the rotation may have moved on */
export function useTokenRotation(source: () => Source, onChanged: () => void): TokenRotating {
  const { t } = useText();
  const nextUrl = shallowRef<string | null>(null);
  const isBusy = ref(false);

  async function stage(): Promise<void> {
    const { name, tokenRotation } = source();
    const isSure = await confirmAction({
      title: t('sources.rotation.stage'),
      message: t(tokenRotation.isStaged ? 'sources.rotation.againConfirm' : 'sources.rotation.confirm', {
        name,
      }),
      confirmText: t('sources.rotation.stageAction'),
    });
    if (!isSure) return;
    await take(async () => {
      nextUrl.value = (await stageToken(source())).url;
    });
  }

  function activate(overlapSeconds: number): Promise<boolean> {
    return take(async () => {
      await activateToken(source(), overlapSeconds);
      notifySuccess(t('sources.rotation.activated'));
    });
  }

  async function take(step: () => Promise<void>): Promise<boolean> {
    isBusy.value = true;
    const isDone = await attempt(step);
    isBusy.value = false;
    // After a failure too: another person may have changed it.
    onChanged();
    return isDone;
  }

  return { nextUrl, isBusy, stage, activate };
}
