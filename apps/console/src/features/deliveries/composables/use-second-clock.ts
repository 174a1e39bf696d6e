import { createSharedComposable, useIntervalFn } from '@vueuse/core';
import { ref, type Ref } from 'vue';

/** Now in milliseconds, one clock for all countdowns on the page; it moves every second. */
export const useSecondClock: () => Ref<number> = createSharedComposable(() => {
  const nowMs = ref(Date.now());
  useIntervalFn(() => (nowMs.value = Date.now()), 1_000);
  return nowMs;
});
