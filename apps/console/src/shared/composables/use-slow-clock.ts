import { createSharedComposable, useIntervalFn } from '@vueuse/core';
import { ref, type Ref } from 'vue';

/** Now in milliseconds, one clock for all relative times on the page; they move every ten seconds. */
export const useSlowClock: () => Ref<number> = createSharedComposable(() => {
  const nowMs = ref(Date.now());
  useIntervalFn(() => (nowMs.value = Date.now()), 10_000);
  return nowMs;
});
