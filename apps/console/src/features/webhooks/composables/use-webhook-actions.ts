/** What a person does to a webhook from the list: each asks first where it matters, and says what happened. */
import type { App } from '@im/contracts/api/apps';
import type { Webhook } from '@im/contracts/api/webhooks';
import { shallowRef } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { confirmAction } from '../../../shared/ui/confirm-action.js';
import { notifyError, notifySuccess } from '../../../shared/ui/notify.js';
import { disableWebhook, pauseWebhook, sendAllNow } from '../../../shared/webhooks/webhook-state.api.js';
import { useWebhookRevival } from '../../../shared/webhooks/use-webhook-revival.js';
import { deleteWebhook, getWebhook, revealAppSecret, revealWebhookSecret } from '../webhooks.api.js';

export interface ShownSecret {
  title: string;
  label: string;
  secret: string;
}

/** What a person chose when asked whether to disable a webhook; null: to leave it as it is. */
export type DisablingChoice = 'keep' | 'cancel' | 'pause' | null;

/** The question that is on the screen right now. */
export interface DisablingQuestion {
  webhook: Webhook;
  /** Deliveries that wait for it. */
  waiting: number;
  answer: (choice: DisablingChoice) => void;
}

export function useWebhookActions(reload: () => Promise<void>) {
  const { t } = useText();
  const { busyId, revive, enable } = useWebhookRevival(reload);
  /** The secret on the screen right now. */
  const shownSecret = shallowRef<ShownSecret | null>(null);
  const disabling = shallowRef<DisablingQuestion | null>(null);

  /** Resolves to whether the webhook was switched. */
  async function toggle(webhook: Webhook): Promise<boolean> {
    const { url } = webhook;
    if (!webhook.enabled) return enable(webhook);
    const choice = await askDisabling(webhook);
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

  /** Resolves once the question that {@link disabling} shows is answered. */
  async function askDisabling(webhook: Webhook): Promise<DisablingChoice> {
    let waiting = webhook.stats.pending;
    // What is on the screen may be old, and the number is what the question is about.
    const isFresh = await attempt(async () => {
      waiting = (await getWebhook(webhook.appKey, webhook.webhookId)).stats.pending;
    });
    if (!isFresh) return null;
    return new Promise((resolve) => {
      const answer = (choice: DisablingChoice) => {
        disabling.value = null;
        resolve(choice);
      };
      disabling.value = { webhook, waiting, answer };
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

  /** Shows the state again after a failure too: somebody may have changed it meanwhile. */
  async function change(action: () => Promise<void>): Promise<boolean> {
    const isDone = await attempt(action);
    await reload();
    return isDone;
  }

  async function remove(webhook: Webhook): Promise<void> {
    const isSure = await confirmAction({
      title: t('webhooks.list.deleteTitle'),
      message: t('webhooks.list.deleteConfirm', { url: webhook.url }),
      confirmText: t('webhooks.list.deleteAction'),
      isDangerous: true,
    });
    if (!isSure) return;
    await attempt(async () => {
      await deleteWebhook(webhook);
      notifySuccess(t('common.deleted'));
    });
    await reload();
  }

  function revealOfApp(app: App): Promise<void> {
    return reveal('AppSecret', t('webhooks.app.revealConfirm', { name: app.name }), async () => {
      return (await revealAppSecret(app.appKey)).appSecret;
    });
  }

  function revealOfWebhook(webhook: Webhook): Promise<void> {
    const message = t('webhooks.form.revealConfirm', { url: webhook.url });
    return reveal(t('webhooks.form.secret'), message, async () => {
      const { secret, standardWebhooksSecret } = await revealWebhookSecret(webhook.appKey, webhook.webhookId);
      return standardWebhooksSecret ?? secret ?? '';
    });
  }

  async function reveal(label: string, message: string, fetchSecret: () => Promise<string>): Promise<void> {
    const title = t('common.revealTitle');
    if (!(await confirmAction({ title, message, confirmText: t('webhooks.app.revealAction') }))) return;
    await attempt(async () => {
      shownSecret.value = { title, label, secret: await fetchSecret() };
    });
  }

  return {
    ...{ shownSecret, disabling, busyId, toggle, pause, sendNow, revive, remove },
    ...{ revealOfApp, revealOfWebhook },
  };
}

async function attempt(action: () => Promise<void>): Promise<boolean> {
  try {
    await action();
    return true;
  } catch (error) {
    notifyError(error);
    return false;
  }
}
