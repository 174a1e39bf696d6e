/** Keeps the form of an app, its faults, and saves it. */
import type { App, CreatedApp } from '@im/contracts/api/apps';
import { reactive } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { useFormSubmission } from '../../../shared/composables/use-form-submission.js';
import { externalIdOf, isExternalId } from '../../../shared/external-ids/external-id.js';
import { createApp, updateApp } from '../apps.api.js';

export interface AppFormHooks {
  onCreated: (app: CreatedApp) => void;
  onUpdated: (app: App) => void;
}

/** @param app the one to edit; null creates one */
export function useAppForm(app: App | null, hooks: AppFormHooks) {
  const { t } = useText();
  const form = reactive({
    name: app?.name ?? '',
    packageName: app?.packageName ?? '',
    description: app?.description ?? '',
    eventsDays: app?.retention.eventsDays ?? null,
    logsDays: app?.retention.logsDays ?? null,
    externalId: app?.externalId ?? '',
  });

  /** The small dialogs show neither it nor the external id, so they must not write them. */
  function isRetentionChanged(): boolean {
    const { eventsDays = null, logsDays = null } = app?.retention ?? {};
    return form.eventsDays !== eventsDays || form.logsDays !== logsDays;
  }

  async function send(): Promise<void> {
    const externalId = externalIdOf(form.externalId);
    const body = {
      name: form.name.trim(),
      packageName: form.packageName.trim(),
      description: form.description.trim(),
      ...(isRetentionChanged() && {
        retention: { eventsDays: form.eventsDays, logsDays: form.logsDays },
      }),
      ...(externalId !== (app?.externalId ?? null) && { externalId }),
    };
    if (app) hooks.onUpdated(await updateApp(app.appKey, body));
    else hooks.onCreated(await createApp(body));
  }

  const submission = useFormSubmission({
    owners: [
      ...['/name', '/packageName', '/description', '/externalId'],
      ...['/retention/eventsDays', '/retention/logsDays'],
    ],
    faults: () => ({
      '/name': form.name.trim() === '' ? t('apps.nameRequired') : '',
      '/packageName': form.packageName.trim() === '' ? t('apps.packageNameRequired') : '',
      '/externalId': isExternalId(form.externalId) ? '' : t('externalIds.invalid'),
    }),
    send,
  });

  return { form, ...submission };
}
