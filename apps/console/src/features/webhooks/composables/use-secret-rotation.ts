/** The two steps that replace an AppSecret: a next one is staged, then taken into use. */
import type { App } from '@im/contracts/api/apps';
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { confirmAction } from '../../../shared/ui/confirm-action.js';
import { notifyError, notifySuccess } from '../../../shared/ui/notify.js';
import { activateAppSecret, stageAppSecret } from '../webhooks.api.js';

export interface SecretRotating {
  /** The next secret, on the screen right now. */
  nextSecret: ShallowRef<string | null>;
  isStaging: Ref<boolean>;
  isActivating: Ref<boolean>;
  /** Asks first: what was staged before is replaced. */
  stage: () => Promise<void>;
  /** Resolves to whether the next secret is in use now. */
  activate: (overlapSeconds: number) => Promise<boolean>;
}

/** @param onChanged told when the app's rotation has moved on */
export function useSecretRotation(app: () => App, onChanged: () => void): SecretRotating {
  const { t } = useText();
  const nextSecret = shallowRef<string | null>(null);
  const isStaging = ref(false);
  const isActivating = ref(false);

  async function stage(): Promise<void> {
    const { appKey, name, secretRotation } = app();
    const isSure = await confirmAction({
      title: t('webhooks.rotation.title'),
      message: secretRotation.isStaged
        ? t('webhooks.rotation.stageAgainConfirm', { name })
        : t('webhooks.rotation.stageConfirm', { name }),
      confirmText: t('webhooks.rotation.stageAction'),
    });
    if (!isSure) return;
    await attempt(isStaging, async () => {
      nextSecret.value = (await stageAppSecret(appKey)).nextSecret;
    });
  }

  function activate(overlapSeconds: number): Promise<boolean> {
    return attempt(isActivating, async () => {
      await activateAppSecret(app().appKey, { overlapSeconds });
      notifySuccess(t('webhooks.rotation.activated'));
    });
  }

  async function attempt(isBusy: Ref<boolean>, step: () => Promise<void>): Promise<boolean> {
    isBusy.value = true;
    try {
      await step();
      return true;
    } catch (error) {
      notifyError(error);
      return false;
    } finally {
      isBusy.value = false;
      // After a failure too: somebody else may have moved it on.
      onChanged();
    }
  }

  return { nextSecret, isStaging, isActivating, stage, activate };
}
