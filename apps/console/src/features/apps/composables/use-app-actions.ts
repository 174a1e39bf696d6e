/** Does what a person asks of an app in the list: asks first where it matters, and says what happened. */
import type { App, CreatedApp } from '@im/contracts/api/apps';
import { shallowRef, type ShallowRef } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { confirmAction, confirmByName } from '../../../shared/ui/confirm-action.js';
import { notifyError, notifySuccess } from '../../../shared/ui/notify.js';
import { revealAppSecret } from '../../../shared/apps/apps.api.js';
import { deleteApp } from '../apps.api.js';

export interface ShownSecret {
  title: string;
  warning: string;
  appKey: string;
  appSecret: string;
}

export interface AppActions {
  /** The AppSecret on the screen right now. */
  shownSecret: ShallowRef<ShownSecret | null>;
  showCreated: (app: CreatedApp) => void;
  reveal: (app: App) => Promise<void>;
  /** @param webhookCount that are deleted with it; resolves to whether it was deleted */
  remove: (app: App, webhookCount: number) => Promise<boolean>;
}

export function useAppActions(reload: () => Promise<void>): AppActions {
  const { t } = useText();
  const shownSecret = shallowRef<ShownSecret | null>(null);

  function showCreated(app: CreatedApp): void {
    shownSecret.value = {
      title: t('apps.createdTitle', { name: app.name }),
      warning: t('apps.createdWarning'),
      appKey: app.appKey,
      appSecret: app.appSecret,
    };
  }

  async function reveal(app: App): Promise<void> {
    const title = t('apps.revealSecret');
    const message = t('apps.revealConfirm', { name: app.name });
    if (!(await confirmAction({ title, message, confirmText: t('apps.revealAction') }))) return;
    try {
      const { appSecret } = await revealAppSecret(app.appKey);
      shownSecret.value = { title, warning: t('apps.revealedWarning'), appKey: app.appKey, appSecret };
    } catch (error) {
      notifyError(error);
    }
  }

  async function remove(app: App, webhookCount: number): Promise<boolean> {
    const { name, packageName } = app;
    const isSure = await confirmByName({
      title: t('apps.deleteTitle'),
      message: t('apps.deleteConfirm', { name, packageName, count: webhookCount }),
      name,
      confirmText: t('apps.deleteAction'),
    });
    if (!isSure) return false;
    let isDeleted = false;
    try {
      await deleteApp(app.appKey);
      notifySuccess(t('apps.deleted', { name }));
      isDeleted = true;
    } catch (error) {
      notifyError(error);
    }
    await reload();
    return isDeleted;
  }

  return { shownSecret, showCreated, reveal, remove };
}
