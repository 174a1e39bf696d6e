/** Opens and closes an item of a list, so that the browser's Back does not open it again. */
import { watch, type Ref } from 'vue';
import { useRouter, type HistoryState, type RouteLocationOptions, type RouteQueryAndHash } from 'vue-router';

export interface OpenItem {
  openItem: (id: string) => Promise<void>;
  closeItem: () => void;
}

/** Kept with an entry of the browser's history: how many entries back the list is without an open item. */
const DEPTH = 'openDepth';

/** @param withOpen where the list has this item open, or none */
export function useOpenItem(
  openId: Readonly<Ref<string | undefined>>,
  withOpen: (id: string | undefined) => RouteQueryAndHash & RouteLocationOptions,
): OpenItem {
  const router = useRouter();
  /** Going back takes a moment, in which a second press must not go further back. */
  let isGoingBack = false;
  watch(openId, () => (isGoingBack = false), { flush: 'sync' });

  async function openItem(id: string): Promise<void> {
    const depth = openId.value === undefined ? 0 : depthOf(router.options.history.state);
    // A link with an open item has no list in the history to go back to.
    const state = depth === undefined ? {} : { [DEPTH]: depth + 1 };
    await router.push({ ...withOpen(id), state });
  }

  function closeItem(): void {
    if (openId.value === undefined || isGoingBack) return;
    const depth = depthOf(router.options.history.state);
    if (depth === undefined) {
      void router.replace(withOpen(undefined));
      return;
    }
    isGoingBack = true;
    router.go(-depth);
  }

  return { openItem, closeItem };
}

function depthOf(state: HistoryState): number | undefined {
  const depth = state[DEPTH];
  return typeof depth === 'number' ? depth : undefined;
}
