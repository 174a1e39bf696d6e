/** What a person does to a webhook from the list: each asks first where it matters, and says what happened. */
import type { App } from '@im/contracts/api/apps';
import type { Webhook } from '@im/contracts/api/webhooks';
import { shallowRef } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { confirmAction } from '../../../shared/ui/confirm-action.js';
import { notifyError, notifySuccess } from '../../../shared/ui/notify.js';
import { useWebhookRevival } from '../../../shared/webhooks/use-webhook-revival.js';
import { deleteWebhook, revealAppSecret, revealWebhookSecret, updateWebhook } from '../webhooks.api.js';

export interface ShownSecret {
  title: string;
  label: string;
  secret: string;
}

export function useWebhookActions(reload: () => Promise<void>) {
  const { t } = useText();
  const { busyId, revive, enable } = useWebhookRevival(reload);
  /** The secret on the screen right now. */
  const shownSecret = shallowRef<ShownSecret | null>(null);

  /** Resolves to whether the webhook was switched. */
  async function toggle(webhook: Webhook): Promise<boolean> {
    const { url } = webhook;
    if (!webhook.enabled) return enable(webhook);
    if (!(await confirmDisabling(url))) return false;
    const isDone = await attempt(async () => {
      await updateWebhook(webhook, { enabled: false });
      notifySuccess(t('webhooks.list.disabledDone', { url }));
    });
    // After a failure too: somebody may have changed it meanwhile.
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

  return { shownSecret, busyId, toggle, revive, remove, revealOfApp, revealOfWebhook };
}

function confirmDisabling(url: string): Promise<boolean> {
  const { t } = useText();
  return confirmAction({
    title: t('webhooks.list.disableTitle'),
    message: t('webhooks.list.disableConfirm', { url }),
    confirmText: t('webhooks.list.disableAction'),
  });
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
