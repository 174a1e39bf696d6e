import type { Alert } from '@im/contracts/api/alerts';
import { ref, type Ref } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { confirmAction } from '../../../shared/ui/confirm-action.js';
import { notifyError, notifySuccess } from '../../../shared/ui/notify.js';
import { acknowledgeAlert, resolveAlert } from '../alerts.api.js';
import { subjectName } from '../model/alert-text.js';
import type { Incident } from '../model/incidents.js';

export interface IncidentActions {
  /** The incident with a running action. */
  busyId: Ref<string | null>;
  /** Of all its open alerts. */
  acknowledge: (incident: Incident) => Promise<void>;
  /** Of all its alerts. */
  resolve: (incident: Incident) => Promise<void>;
}

/** @param onDone called after an action, also after a failed one: another person may have been first */
export function useIncidentActions(appKey: () => string, onDone: () => void): IncidentActions {
  const { t } = useText();
  const busyId = ref<string | null>(null);

  async function run(
    { id }: Incident,
    alerts: readonly Alert[],
    action: (appKey: string, alertId: string) => Promise<unknown>,
    message: string,
  ): Promise<void> {
    busyId.value = id;
    try {
      const results = await Promise.allSettled(alerts.map(({ alertId }) => action(appKey(), alertId)));
      const failed = results.find((result) => result.status === 'rejected');
      if (failed) notifyError(failed.reason);
      else notifySuccess(message);
    } finally {
      busyId.value = null;
      onDone();
    }
  }

  const acknowledge = (incident: Incident) =>
    run(incident, incident.open, acknowledgeAlert, t('alerts.acknowledged'));

  async function resolve(incident: Incident): Promise<void> {
    const [first] = incident.alerts;
    const isSure = await confirmAction({
      title: t('alerts.resolveTitle'),
      message: t('alerts.resolveConfirm', {
        count: incident.alerts.length,
        subject: first ? subjectName(first) : '',
      }),
      confirmText: t('alerts.resolve'),
    });
    if (isSure) await run(incident, incident.alerts, resolveAlert, t('alerts.resolved'));
  }

  return { busyId, acknowledge, resolve };
}
