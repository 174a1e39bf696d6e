import type { NotificationChannel } from '@im/contracts/api/notification-channels';
import { watch } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { listChannels } from '../../../shared/notifications/channels.api.js';

/** The channels that get alerts of an app; disabled ones too, since they would once they are enabled. */
export function useAlertChannels(appKey: () => string): AsyncState<NotificationChannel[]> {
  const state = useAsyncState(async (signal) => {
    // A tenant has at most a hundred, which is one page.
    const { data } = await listChannels(undefined, signal);
    return data.filter(({ appKeys }) => appKeys.length === 0 || appKeys.includes(appKey()));
  });
  watch(
    appKey,
    () => {
      state.reset();
      void state.reload();
    },
    { immediate: true },
  );
  return state;
}
