/** Restarts a webhook: resumes a paused one, enables a disabled one. */
import type { Webhook } from '@im/contracts/api/webhooks';
import { ref, type Ref } from 'vue';
import { useText } from '../../i18n/i18n.js';
import { ApiError } from '../http/api-error.js';
import { confirmAction } from '../ui/confirm-action.js';
import { notifyError, notifySuccess } from '../ui/notify.js';
import { offerRecovery } from './offer-recovery.js';
import { enableWebhook, resumeWebhook } from './webhooks.api.js';

export interface WebhookRestart {
  /** The webhook with a running call. */
  busyId: Ref<string | null>;
  /** Does what its state asks for; both resolve to whether it was done. */
  restart: (webhook: Webhook) => Promise<boolean>;
  enable: (webhook: Webhook) => Promise<boolean>;
}

/** @param onRestarted loads the state again */
export function useWebhookRestart(onRestarted: () => Promise<void>): WebhookRestart {
  const { t } = useText();
  const busyId = ref<string | null>(null);

  async function enable(webhook: Webhook): Promise<boolean> {
    const { webhookId, url } = webhook;
    return run(webhookId, async () => {
      const enabled = await enableWebhook(webhook);
      const { waiting } = enabled;
      notifySuccess(
        waiting > 0
          ? t('webhooks.state.enabledWithWaiting', { url, count: waiting })
          : t('webhooks.list.enabledDone', { url }),
      );
      // It is enabled, even if the offer fails.
      offerRecovery(webhook, enabled).catch(notifyError);
    });
  }

  async function resume(webhook: Webhook): Promise<boolean> {
    const { webhookId, url, stats, pausedAt } = webhook;
    const isSure = await confirmAction({
      title: t('webhooks.state.resume'),
      message:
        pausedAt === null
          ? t('webhooks.state.resumeConfirm', { url, count: stats.pending })
          : t('webhooks.state.resumePausedConfirm', { url, count: stats.pending }),
      confirmText: t('webhooks.state.resume'),
    });
    if (!isSure) return false;
    return run(webhookId, async () => {
      await resumeWebhook(webhook);
      notifySuccess(t('webhooks.state.resumed', { url }));
    });
  }

  async function run(webhookId: string, action: () => Promise<void>): Promise<boolean> {
    busyId.value = webhookId;
    try {
      await action();
      await onRestarted();
      return true;
    } catch (error) {
      notifyError(error);
      // Another person was first: show their change.
      if (error instanceof ApiError && error.code === 'precondition_failed') await onRestarted();
      return false;
    } finally {
      busyId.value = null;
    }
  }

  return { busyId, enable, restart: (webhook) => (webhook.enabled ? resume(webhook) : enable(webhook)) };
}
