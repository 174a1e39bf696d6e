import type { ChannelTestResult } from '@im/contracts/api/notification-channels';
import { useAsyncState, type AsyncState } from '../composables/use-async-state.js';
import { ApiError } from '../http/api-error.js';
import { testChannel } from './channels.api.js';

/** Tests of a channel have a cooldown; the test waits for it, so that a person need not repeat it. */
const MAX_WAIT_MS = 5_000;

/** A test message, sent when the dialog opens and on each retry. */
export function useChannelTest(channelId: string): AsyncState<ChannelTestResult> {
  const state = useAsyncState((signal) => testAfterCooldown(channelId, signal));
  void state.reload();
  return state;
}

async function testAfterCooldown(channelId: string, signal: AbortSignal): Promise<ChannelTestResult> {
  try {
    return await testChannel(channelId, signal);
  } catch (error) {
    const waitMs = error instanceof ApiError && error.status === 429 ? error.retryAfterMs : undefined;
    if (waitMs === undefined || waitMs > MAX_WAIT_MS) throw error;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    return testChannel(channelId, signal);
  }
}
