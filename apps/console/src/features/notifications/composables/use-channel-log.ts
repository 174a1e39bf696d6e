import type { Page } from '@im/contracts/api/common';
import type { Notification } from '@im/contracts/api/notification-channels';
import { ref, watch, type Ref } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { listNotifications } from '../notifications.api.js';

export interface ChannelLog {
  state: AsyncState<Page<Notification>>;
  cursor: Ref<string | undefined>;
  goToPage: (cursor: string | undefined) => void;
}

/** The log of the channel that is open, from its newest page on. */
export function useChannelLog(channelId: () => string | undefined): ChannelLog {
  const cursor = ref<string>();
  const state = useAsyncState<Page<Notification>>(async (signal) => {
    const id = channelId();
    if (id === undefined) return { data: [], page: { nextCursor: null } };
    return listNotifications(id, cursor.value, signal);
  });

  function goToPage(next: string | undefined): void {
    cursor.value = next;
    state.reset();
    void state.reload();
  }

  watch(channelId, () => goToPage(undefined), { immediate: true });

  return { state, cursor, goToPage };
}
