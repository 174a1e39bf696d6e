import type { Page } from '@im/contracts/api/common';
import type { NotificationChannel } from '@im/contracts/api/notification-channels';
import { watch, type ComputedRef } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { useQueryFilters } from '../../../shared/composables/use-query-filters.js';
import { listChannels } from '../../../shared/notifications/channels.api.js';
import { confirmAction } from '../../../shared/ui/confirm-action.js';
import { notifyError, notifySuccess } from '../../../shared/ui/notify.js';
import { deleteChannel, updateChannel } from '../notifications.api.js';

export interface Channels {
  state: AsyncState<Page<NotificationChannel>>;
  cursor: ComputedRef<string | undefined>;
  /** The channel whose log is open. */
  openId: ComputedRef<string | undefined>;
  goToPage: (cursor: string | undefined) => Promise<void>;
  openLog: (channel: NotificationChannel) => Promise<void>;
  closeLog: () => void;
  /** Resolves to whether the change was made. */
  toggle: (channel: NotificationChannel) => Promise<boolean>;
  remove: (channel: NotificationChannel) => Promise<void>;
}

/** The page of channels that the URL names, and what a person does to one of them. */
export function useChannels(): Channels {
  const { t } = useText();
  const { cursor, openId, goToPage, openItem, closeItem } = useQueryFilters([]);
  const state = useAsyncState((signal) => listChannels(cursor.value, signal));
  watch(cursor, () => void state.reload(), { immediate: true });

  async function toggle({ channelId, name, enabled }: NotificationChannel): Promise<boolean> {
    const isSure =
      !enabled ||
      (await confirmAction({
        title: t('notifications.disableTitle'),
        message: t('notifications.disableConfirm', { name }),
        confirmText: t('notifications.disable'),
      }));
    if (!isSure) return false;
    try {
      await updateChannel(channelId, { enabled: !enabled });
    } catch (error) {
      notifyError(error);
      return false;
    }
    await state.reload();
    return true;
  }

  async function remove({ channelId, name }: NotificationChannel): Promise<void> {
    const isSure = await confirmAction({
      title: t('notifications.deleteTitle'),
      message: t('notifications.deleteConfirm', { name }),
      confirmText: t('notifications.deleteTitle'),
      isDangerous: true,
    });
    if (!isSure) return;
    try {
      await deleteChannel(channelId);
      notifySuccess(t('notifications.deleted', { name }));
    } catch (error) {
      notifyError(error);
    }
    await state.reload();
  }

  return {
    state,
    cursor,
    openId,
    goToPage,
    openLog: ({ channelId }) => openItem(channelId),
    closeLog: closeItem,
    toggle,
    remove,
  };
}
