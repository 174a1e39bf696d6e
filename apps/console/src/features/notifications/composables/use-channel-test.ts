import type { ChannelTestResult } from '@im/contracts/api/notification-channels';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { ApiError } from '../../../shared/http/api-error.js';
import { testChannel } from '../notifications.api.js';

/** Tests of a channel are spaced; a person who asks a moment too early need not ask again. */
const MAX_WAIT_MS = 5_000;

/** A test message, sent when the dialog opens and whenever it is asked for again. */
export function useChannelTest(channelId: string): AsyncState<ChannelTestResult> {
  const state = useAsyncState((signal) => testInTurn(channelId, signal));
  void state.reload();
  return state;
}

async function testInTurn(channelId: string, signal: AbortSignal): Promise<ChannelTestResult> {
  try {
    return await testChannel(channelId, signal);
  } catch (error) {
    const waitMs = error instanceof ApiError && error.status === 429 ? error.retryAfterMs : undefined;
    if (waitMs === undefined || waitMs > MAX_WAIT_MS) throw error;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    return testChannel(channelId, signal);
  }
}
