import type { ChannelTestResult } from '@im/contracts/api/notification-channels';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { testChannel } from '../notifications.api.js';

/** A test message, sent when the dialog opens and whenever it is asked for again. */
export function useChannelTest(channelId: string): AsyncState<ChannelTestResult> {
  const state = useAsyncState((signal) => testChannel(channelId, signal));
  void state.reload();
  return state;
}
