import { useDocumentVisibility, useTimeoutFn } from '@vueuse/core';
import { computed, watch } from 'vue';

const INTERVAL_MS = 5_000;

/**
 * Refreshes periodically while the page is visible and its content may change by itself.
 *
 * @param refresh resolves when the answer is there, good or bad
 * @param intervalMs between the answer and the next refresh
 */
export function useRefreshWhile(
  refresh: () => Promise<void>,
  mayChange: () => boolean,
  intervalMs = INTERVAL_MS,
): void {
  const visibility = useDocumentVisibility();
  const isRunning = computed(() => mayChange() && visibility.value === 'visible');
  const { start, stop } = useTimeoutFn(() => void tick(), intervalMs, { immediate: false });

  async function tick(): Promise<void> {
    await refresh();
    if (isRunning.value) start();
  }

  watch(
    isRunning,
    (isNowRunning) => {
      if (isNowRunning) start();
      else stop();
    },
    { immediate: true },
  );
}
