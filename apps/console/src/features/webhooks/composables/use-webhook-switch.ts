/** Disables a webhook after a question, pauses it, and sends now what waits. */
import type { Webhook } from '@im/contracts/api/webhooks';
import { shallowRef, type ShallowRef } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { attempt } from '../../../shared/ui/attempt.js';
import { confirmAction } from '../../../shared/ui/confirm-action.js';
import { notifySuccess } from '../../../shared/ui/notify.js';
import {
  disableWebhook,
  getWebhook,
  pauseWebhook,
  sendAllNow,
} from '../../../shared/webhooks/webhooks.api.js';

/** What a person chose when asked whether to disable a webhook; null: to leave it as it is. */
export type DisablingChoice = 'keep' | 'cancel' | 'pause' | null;

/** The question that is on the screen right now. */
export interface DisablingQuestion {
  webhook: Webhook;
  /** Deliveries that wait for it. */
  waiting: number;
  answer: (choice: DisablingChoice) => void;
}

/** @param enable resolves to whether it was done */
export function useWebhookSwitch(
  enable: (webhook: Webhook) => Promise<boolean>,
  reload: () => Promise<void>,
) {
  const { t } = useText();
  const disabling = shallowRef<DisablingQuestion | null>(null);

  /** Resolves to whether the webhook was switched. */
  async function toggle(webhook: Webhook): Promise<boolean> {
    const { url } = webhook;
    if (!webhook.enabled) return enable(webhook);
    const choice = await askDisabling(webhook, disabling);
    if (choice === null) return false;
    if (choice === 'pause') {
      await pause(webhook);
      return false;
    }
    return change(async () => {
      await disableWebhook(webhook, choice);
      notifySuccess(t('webhooks.list.disabledDone', { url }));
    });
  }

  async function pause(webhook: Webhook): Promise<void> {
    await change(async () => {
      await pauseWebhook(webhook);
      notifySuccess(t('webhooks.state.pausedDone', { url: webhook.url }));
    });
  }

  async function sendNow(webhook: Webhook): Promise<void> {
    const { url, stats } = webhook;
    const isSure = await confirmAction({
      title: t('webhooks.state.sendNow'),
      message: t('webhooks.state.sendNowConfirm', { url, count: stats.pending }),
      confirmText: t('webhooks.state.sendNow'),
    });
    if (!isSure) return;
    await change(async () => {
      const { waiting } = await sendAllNow(webhook);
      notifySuccess(t('webhooks.state.sentNow', { url, count: waiting }));
    });
  }

  /** Reloads the state after a failure too: another person may have changed it. */
  async function change(action: () => Promise<void>): Promise<boolean> {
    const isDone = await attempt(action);
    await reload();
    return isDone;
  }

  return { disabling, toggle, pause, sendNow };
}

/** Resolves once the question that it shows is answered. */
async function askDisabling(
  webhook: Webhook,
  shown: ShallowRef<DisablingQuestion | null>,
): Promise<DisablingChoice> {
  let waiting = webhook.stats.pending;
  // The number on the screen may be old, and the question is about it.
  const isFresh = await attempt(async () => {
    waiting = (await getWebhook(webhook.appKey, webhook.webhookId)).stats.pending;
  });
  if (!isFresh) return null;
  return new Promise((resolve) => {
    const answer = (choice: DisablingChoice) => {
      shown.value = null;
      resolve(choice);
    };
    shown.value = { webhook, waiting, answer };
  });
}
