/** Listens to an app's stream of server-sent events; see the route `watchApp`. */
import type { LiveDelivery, LiveOmitted } from '@im/contracts/api/live';
import { useDocumentVisibility, useTimeoutFn } from '@vueuse/core';
import { onScopeDispose, ref, watch, type Ref } from 'vue';
import { addressOf } from '../http/service-address.js';

/** After a refusal: too many streams of the app are open, for example. */
const TRY_AGAIN_MS = 15_000;
/** The service ends each stream after a minute; it is back long before this. */
const COMES_BACK_WITHIN_MS = 5_000;

export interface LiveHandlers {
  /** The stream is open and knows nothing of what came before, or it missed something: load again. */
  reset: () => void;
  /** An attempt was recorded. */
  delivery?: (delivery: LiveDelivery) => void;
  /** More attempts were recorded than are sent. */
  omitted?: (omitted: LiveOmitted) => void;
  /** An alert or the counters changed. */
  state?: () => void;
  /** Anything happened, the above included. */
  change?: () => void;
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
  handlers: LiveHandlers,
): Ref<boolean> {
  const isOpen = ref(false);
  const visibility = useDocumentVisibility();
  let stream: EventSource | undefined;
  const { start: openLater, stop: stayClosed } = useTimeoutFn(() => open(), TRY_AGAIN_MS, {
    immediate: false,
  });

  // The browser goes on trying; until then it is not open.
  const { start: doubtLater, stop: stopDoubting } = useTimeoutFn(
    () => (isOpen.value = false),
    COMES_BACK_WITHIN_MS,
    { immediate: false },
  );

  function open(): void {
    close();
    if (visibility.value !== 'visible' || !isWanted()) return;
    const opened = new EventSource(addressOf(`/api/v1/apps/${encodeURIComponent(appKey())}/live`));
    stream = opened;
    handle(opened, handlers);
    // Later ones are of the same stream that has come back.
    opened.addEventListener('open', () => handlers.reset(), { once: true });
    opened.addEventListener('open', () => {
      stopDoubting();
      isOpen.value = true;
    });
    opened.addEventListener('error', () => {
      if (opened.readyState === EventSource.CLOSED) {
        isOpen.value = false;
        openLater();
      } else doubtLater();
    });
  }

  function close(): void {
    stayClosed();
    stopDoubting();
    stream?.close();
    stream = undefined;
    isOpen.value = false;
  }

  watch([appKey, isWanted, visibility], open, { immediate: true });
  onScopeDispose(close);
  return isOpen;
}

function handle(stream: EventSource, { reset, delivery, omitted, state, change }: LiveHandlers): void {
  const on = (name: string, take: (data: unknown) => void): void => {
    stream.addEventListener(name, ({ data }: MessageEvent<string>) => {
      take(JSON.parse(data));
      change?.();
    });
  };
  on('delivery', (data) => delivery?.(data as LiveDelivery));
  on('omitted', (data) => omitted?.(data as LiveOmitted));
  on('reset', () => {
    reset();
  });
  on('alert', () => state?.());
  on('counters', () => state?.());
}
