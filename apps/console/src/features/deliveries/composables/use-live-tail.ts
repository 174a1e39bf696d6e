import { useDocumentVisibility, useTimeoutFn } from '@vueuse/core';
import { computed, ref, watch, type ComputedRef, type Ref } from 'vue';

export const TAIL_INTERVAL_MS = 4_000;

export interface LiveTail {
  /** The switch. */
  isOn: Ref<boolean>;
  /** Whether it really refreshes: on, allowed, and visible. */
  isRunning: ComputedRef<boolean>;
}

/**
 * Refreshes periodically; each wait starts when the answer is there, so that a slow service is not overloaded.
 *
 * @param refresh resolves when the answer is there, good or bad
 * @param canRun whether refreshing makes sense now
 * @param pauseOn what restarts the wait when it changes: a load of its own is under way then
 */
export function useLiveTail(
  refresh: () => Promise<void>,
  canRun: () => boolean,
  pauseOn: () => unknown,
): LiveTail {
  const isOn = ref(false);
  const visibility = useDocumentVisibility();
  const isRunning = computed(() => isOn.value && canRun() && visibility.value === 'visible');
  const { start, stop } = useTimeoutFn(() => void tick(), TAIL_INTERVAL_MS, { immediate: false });

  async function tick(): Promise<void> {
    await refresh();
    if (isRunning.value) start();
  }

  watch(isRunning, (isNowRunning) => {
    if (isNowRunning) void tick();
    else stop();
  });
  watch(pauseOn, () => {
    if (isRunning.value) start();
  });

  return { isOn, isRunning };
}
