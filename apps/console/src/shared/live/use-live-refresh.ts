import { onScopeDispose, type Ref } from 'vue';
import { useRefreshWhile } from '../composables/use-refresh-while.js';
import { PacedRefresh } from './paced-refresh.js';
import { useLiveStream } from './use-live-stream.js';

/** Without changes too, since spans move with the clock. */
const QUIET_MS = 30_000;

/**
 * Refreshes while the page is visible whenever something happens in the app, by its stream of server-sent events, and
 * periodically while there is no stream.
 *
 * @param refresh resolves when the answer is there, good or bad
 * @returns whether the stream is open
 */
export function useLiveRefresh(appKey: () => string, refresh: () => Promise<void>): Ref<boolean> {
  const paced = new PacedRefresh(refresh);
  const request = () => {
    paced.request();
  };
  const isLive = useLiveStream(appKey, () => true, { reset: request, change: request });
  onScopeDispose(() => {
    paced.stop();
  });
  useRefreshWhile(refresh, () => !isLive.value);
  useRefreshWhile(refresh, () => isLive.value, QUIET_MS);
  return isLive;
}
