import type { Alert } from '@im/contracts/api/alerts';
import { ref, type Ref } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { confirmAction } from '../../../shared/ui/confirm-action.js';
import { notifyError, notifySuccess } from '../../../shared/ui/notify.js';
import { acknowledgeAlert, resolveAlert } from '../alerts.api.js';
import { subjectName } from '../model/alert-text.js';

export interface AlertActions {
  /** The alert with a running action. */
  busyId: Ref<string | null>;
  acknowledge: (alert: Alert) => Promise<void>;
  resolve: (alert: Alert) => Promise<void>;
}

/** @param onDone called after an action, also after a failed one: another person may have been first */
export function useAlertActions(appKey: () => string, onDone: () => void): AlertActions {
  const { t } = useText();
  const busyId = ref<string | null>(null);

  async function run(alert: Alert, action: () => Promise<unknown>, message: string): Promise<void> {
    busyId.value = alert.alertId;
    try {
      await action();
      notifySuccess(message);
    } catch (error) {
      notifyError(error);
    } finally {
      busyId.value = null;
      onDone();
    }
  }

  const acknowledge = (alert: Alert) =>
    run(alert, () => acknowledgeAlert(appKey(), alert.alertId), t('alerts.acknowledged'));

  async function resolve(alert: Alert): Promise<void> {
    const rule = t(`statuses.alertRule.${alert.rule}`);
    const subject = subjectName(alert);
    const isSure = await confirmAction({
      title: t('alerts.resolveTitle'),
      message: t('alerts.resolveConfirm', { rule, subject }),
      confirmText: t('alerts.resolve'),
    });
    if (isSure) await run(alert, () => resolveAlert(appKey(), alert.alertId), t('alerts.resolved'));
  }

  return { busyId, acknowledge, resolve };
}
