/** Replaces a secret in two steps: a next one is staged, then taken into use. */
import type { SecretRotation } from '@im/contracts/api/secrets';
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { useText } from '../../i18n/i18n.js';
import { confirmAction } from '../ui/confirm-action.js';
import { notifyError, notifySuccess } from '../ui/notify.js';

/** A secret that can be replaced: an app's, or a webhook's own. */
export interface RotatingSecret {
  /** Selects the words. */
  kind: 'app' | 'webhook';
  /** Names whose secret it is, when asking. */
  name: string;
  /** There is none yet; the new one is the first. */
  isFirst: boolean;
  rotation: SecretRotation;
  /** Headers that carry the signatures with the staged and with the old key. */
  headers: { next: string; previous: string };
  /** Returns the next secret in the form of its receivers. */
  stage: () => Promise<string>;
  activate: (overlapSeconds: number) => Promise<unknown>;
}

export interface SecretRotating {
  /** The next secret, on the screen right now. */
  nextSecret: ShallowRef<string | null>;
  isStaging: Ref<boolean>;
  isActivating: Ref<boolean>;
  /** Asks first, since a staged secret is replaced. */
  stage: () => Promise<void>;
  /** Resolves to whether the next secret is in use now. */
  activate: (overlapSeconds: number) => Promise<boolean>;
}

/** @param onChanged called when the rotation has moved on */
export function useSecretRotation(secret: () => RotatingSecret, onChanged: () => void): SecretRotating {
  const { t } = useText();
  const nextSecret = shallowRef<string | null>(null);
  const isStaging = ref(false);
  const isActivating = ref(false);

  async function stage(): Promise<void> {
    const { kind, isFirst } = secret();
    const isSure = await confirmAction({
      title: isFirst ? t('webhooks.rotation.webhook.firstTitle') : t(`webhooks.rotation.${kind}.title`),
      message: questionOf(secret()),
      confirmText: t('webhooks.rotation.stageAction'),
    });
    if (!isSure) return;
    await attempt(isStaging, async () => {
      nextSecret.value = await secret().stage();
    });
  }

  function activate(overlapSeconds: number): Promise<boolean> {
    return attempt(isActivating, async () => {
      await secret().activate(overlapSeconds);
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
      // After a failure too: another person may have changed it.
      onChanged();
    }
  }

  return { nextSecret, isStaging, isActivating, stage, activate };
}

function questionOf({ kind, name, isFirst, rotation }: RotatingSecret): string {
  const { t } = useText();
  if (rotation.isStaged) return t(`webhooks.rotation.${kind}.againConfirm`, { name });
  return isFirst
    ? t('webhooks.rotation.webhook.firstConfirm', { name })
    : t(`webhooks.rotation.${kind}.confirm`, { name });
}
