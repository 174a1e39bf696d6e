/** Decides whether an open delivery has room beside the list. */
import { useElementSize } from '@vueuse/core';
import { computed, type ComputedRef, type ShallowRef } from 'vue';

/** What a window of 1280 pixels leaves beside the unfolded navigation. */
const MIN_SPLIT_PX = 1_000;

export interface SplitView {
  /** False before the page is laid out, too. */
  hasRoom: ComputedRef<boolean>;
  isMeasured: ComputedRef<boolean>;
}

/** @param page what the list and the delivery share */
export function useSplitView(page: Readonly<ShallowRef<HTMLElement | null>>): SplitView {
  const { width } = useElementSize(page);
  return {
    hasRoom: computed(() => width.value >= MIN_SPLIT_PX),
    isMeasured: computed(() => width.value > 0),
  };
}
