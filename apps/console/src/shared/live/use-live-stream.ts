/** Listens to an app's stream of server-sent events; see the route `watchApp`. */
import type { LiveDelivery } from '@im/contracts/api/live';
import { useDocumentVisibility, useTimeoutFn } from '@vueuse/core';
import { onScopeDispose, ref, watch, type Ref } from 'vue';

/** After a refusal: too many streams of the app are open, for example. */
const TRY_AGAIN_MS = 15_000;

export interface LiveHandlers {
  /** An attempt was recorded. */
  delivery: (delivery: LiveDelivery) => void;
  /** So many were too many to send. */
  omitted: (count: number) => void;
  /** Something was missed: load again. */
  reset: () => void;
}

/**
 * The stream is open while it is wanted and the page is visible. It comes back by itself after its minute, and misses
 * nothing then.
 *
 * @returns whether it is open
 */
export function useLiveStream(
  appKey: () => string,
  isWanted: () => boolean,
  { delivery, omitted, reset }: LiveHandlers,
): Ref<boolean> {
  const isOpen = ref(false);
  const visibility = useDocumentVisibility();
  let stream: EventSource | undefined;
  let wasOpen = false;
  const { start: openLater, stop: stayClosed } = useTimeoutFn(() => open(), TRY_AGAIN_MS, {
    immediate: false,
  });

  function open(): void {
    close();
    if (visibility.value !== 'visible' || !isWanted()) return;
    const opened = new EventSource(`/api/v1/apps/${encodeURIComponent(appKey())}/live`);
    stream = opened;
    opened.addEventListener('delivery', ({ data }: MessageEvent<string>) => {
      delivery(JSON.parse(data) as LiveDelivery);
    });
    opened.addEventListener('omitted', ({ data }: MessageEvent<string>) => {
      omitted((JSON.parse(data) as { count: number }).count);
    });
    opened.addEventListener('reset', reset);
    opened.addEventListener('open', () => {
      // A stream opened anew does not know what the one before has seen.
      if (wasOpen && !isOpen.value) reset();
      isOpen.value = true;
      wasOpen = true;
    });
    opened.addEventListener('error', () => {
      if (opened.readyState !== EventSource.CLOSED) return;
      isOpen.value = false;
      openLater();
    });
  }

  function close(): void {
    stayClosed();
    stream?.close();
    stream = undefined;
    isOpen.value = false;
  }

  watch([appKey, isWanted, visibility], open, { immediate: true });
  onScopeDispose(close);
  return isOpen;
}
