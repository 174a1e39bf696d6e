/** Offers, after a webhook was enabled, to deliver what was skipped while it was disabled. */
import type { WebhookState } from '@im/contracts/api/webhook-state';
import type { Webhook } from '@im/contracts/api/webhooks';
import { useText } from '../../i18n/i18n.js';
import { formatInstant } from '../format/instant.js';
import { confirmAction } from '../ui/confirm-action.js';
import { notifySuccess } from '../ui/notify.js';
import { latestRevisions, oneSkippedSince, recoverSkipped } from './webhooks.api.js';

/** Asks whether to recover what was skipped, if there is any, and starts it. */
export async function offerRecovery(webhook: Webhook, enabled: WebhookState): Promise<void> {
  const { t, localeTag } = useText();
  const from = await disabledSince(webhook);
  if (from === null || (await oneSkippedSince(webhook, from)).data.length === 0) return;
  const isWanted = await confirmAction({
    title: t('webhooks.state.recoverTitle'),
    message: t('webhooks.state.recoverText', {
      url: webhook.url,
      time: formatInstant(from, localeTag.value),
    }),
    confirmText: t('webhooks.state.recover'),
  });
  if (!isWanted) return;
  await recoverSkipped(webhook, from, enabled.updatedAt);
  notifySuccess(t('webhooks.state.recovering', { url: webhook.url }));
}

/** null: before the range that is checked. */
async function disabledSince(webhook: Webhook): Promise<string | null> {
  const { data } = await latestRevisions(webhook);
  const disabling = data.find(({ kind, changes }) =>
    kind === 'updated'
      ? changes.some(({ field, after }) => field === 'enabled' && after === false)
      : kind === 'created',
  );
  return disabling?.at ?? null;
}
