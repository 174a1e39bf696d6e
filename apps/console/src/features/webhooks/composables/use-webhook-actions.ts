/** Does what a person asks of a webhook in the list: asks first where it matters, and says what happened. */
import type { App } from '@im/contracts/api/apps';
import type { Webhook } from '@im/contracts/api/webhooks';
import { shallowRef } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { attempt } from '../../../shared/ui/attempt.js';
import { confirmAction } from '../../../shared/ui/confirm-action.js';
import { notifySuccess } from '../../../shared/ui/notify.js';
import { useWebhookRestart } from '../../../shared/webhooks/use-webhook-restart.js';
import { revealAppSecret } from '../../../shared/apps/apps.api.js';
import { deleteWebhook, revealWebhookSecret } from '../webhooks.api.js';
import { useWebhookSwitch } from './use-webhook-switch.js';

export interface ShownSecret {
  title: string;
  label: string;
  secret: string;
}

export function useWebhookActions(reload: () => Promise<void>) {
  const { t } = useText();
  const { busyId, restart, enable } = useWebhookRestart(reload);
  const switches = useWebhookSwitch(enable, reload);
  /** The secret on the screen right now. */
  const shownSecret = shallowRef<ShownSecret | null>(null);

  /** Resolves to whether it was deleted. */
  async function remove(webhook: Webhook): Promise<boolean> {
    const isSure = await confirmAction({
      title: t('webhooks.list.deleteTitle'),
      message: t('webhooks.list.deleteConfirm', { url: webhook.url }),
      confirmText: t('webhooks.list.deleteAction'),
      isDangerous: true,
    });
    if (!isSure) return false;
    const isDone = await attempt(async () => {
      await deleteWebhook(webhook);
      notifySuccess(t('common.deleted'));
    });
    if (!isDone) await reload();
    return isDone;
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

  return { ...switches, shownSecret, busyId, restart, remove, revealOfApp, revealOfWebhook };
}
