import { useDocumentVisibility, useTimeoutFn } from '@vueuse/core';
import { onScopeDispose, ref, watch, type Ref } from 'vue';
import { useRefreshWhile } from '../composables/use-refresh-while.js';
import { PacedRefresh } from './paced-refresh.js';

/** What the stream of an app tells of; see the route `watchApp`. */
const EVENTS = ['delivery', 'alert', 'counters', 'omitted', 'reset'] as const;
/** After a refusal, since others have too many streams open for example. */
const TRY_AGAIN_MS = 15_000;
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
  const isLive = ref(false);
  const visibility = useDocumentVisibility();
  const paced = new PacedRefresh(refresh);
  let stream: EventSource | undefined;
  const { start: openLater, stop: stayClosed } = useTimeoutFn(() => open(), TRY_AGAIN_MS, {
    immediate: false,
  });

  function open(): void {
    close();
    if (visibility.value !== 'visible') return;
    const opened = new EventSource(`/api/v1/apps/${encodeURIComponent(appKey())}/live`);
    stream = opened;
    for (const name of EVENTS) opened.addEventListener(name, () => paced.request());
    opened.addEventListener('open', () => (isLive.value = true));
    opened.addEventListener('error', () => {
      // It comes back by itself after a minute's end, other than after a refusal.
      if (opened.readyState !== EventSource.CLOSED) return;
      isLive.value = false;
      openLater();
    });
  }

  function close(): void {
    stayClosed();
    stream?.close();
    stream = undefined;
    isLive.value = false;
  }

  watch([appKey, visibility], open, { immediate: true });
  onScopeDispose(() => {
    close();
    paced.stop();
  });
  useRefreshWhile(refresh, () => !isLive.value);
  useRefreshWhile(refresh, () => isLive.value, QUIET_MS);
  return isLive;
}
