import { useIntervalFn } from '@vueuse/core';
import { ref, type Ref } from 'vue';

/** Whole seconds that are left to wait; 0 when nothing has to be waited for. */
export function useCountdown(): { secondsLeft: Ref<number>; start: (waitMs: number) => void } {
  const secondsLeft = ref(0);
  let endsAtMs = 0;

  const { pause, resume } = useIntervalFn(tick, 250, { immediate: false });

  function tick(): void {
    secondsLeft.value = Math.max(0, Math.ceil((endsAtMs - Date.now()) / 1000));
    if (secondsLeft.value === 0) pause();
  }

  function start(waitMs: number): void {
    endsAtMs = Date.now() + waitMs;
    resume();
    tick();
  }

  return { secondsLeft, start };
}
