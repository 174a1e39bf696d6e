/** Keeps which deliveries of a log are chosen: single ones, or all that match its filters. */
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';

export interface LogSelection {
  ids: ShallowRef<ReadonlySet<string>>;
  /** All that match, on every page. */
  isOfFilter: Readonly<Ref<boolean>>;
  isEmpty: ComputedRef<boolean>;
  toggle: (deliveryId: string) => void;
  /** Chooses all of these, or none if all were chosen. */
  toggleAll: (deliveryIds: readonly string[]) => void;
  chooseMatching: () => void;
  clear: () => void;
}

/** @param request what the log shows; another one has other deliveries, so the selection ends */
export function useLogSelection(request: () => string): LogSelection {
  const ids = shallowRef<ReadonlySet<string>>(new Set());
  const isOfFilter = ref(false);

  function choose(chosen: ReadonlySet<string>): void {
    ids.value = chosen;
    isOfFilter.value = false;
  }

  function toggle(deliveryId: string): void {
    const chosen = new Set(ids.value);
    if (!chosen.delete(deliveryId)) chosen.add(deliveryId);
    choose(chosen);
  }

  function toggleAll(deliveryIds: readonly string[]): void {
    const areAllChosen = deliveryIds.every((id) => ids.value.has(id));
    choose(areAllChosen ? new Set() : new Set([...ids.value, ...deliveryIds]));
  }

  const clear = () => {
    choose(new Set());
  };
  const chooseMatching = () => {
    isOfFilter.value = true;
  };
  watch(request, clear);

  return {
    ids,
    isOfFilter,
    isEmpty: computed(() => ids.value.size === 0),
    toggle,
    toggleAll,
    chooseMatching,
    clear,
  };
}
