import type { Source, SourceSnippet } from '@im/contracts/api/sources';
import { ref, watch, type Ref } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { getSnippet } from '../sources.api.js';

export interface Snippet {
  state: AsyncState<SourceSnippet>;
  /** Whether it was asked for; the server records each look, since it contains the token. */
  isShown: Ref<boolean>;
  version: Ref<string>;
  show: () => void;
}

/** What to paste into the IM server, for the version that is chosen; loaded once it is asked for. */
export function useSnippet(source: () => Source): Snippet {
  const isShown = ref(false);
  const version = ref(source().settings.version ?? '');
  const state = useAsyncState((signal) => getSnippet(source(), version.value, signal));

  watch(version, () => void (isShown.value ? state.reload() : undefined));
  // Settings are part of it, and the token may be another now.
  watch([() => source().updatedAt, () => source().sourceId], () => {
    isShown.value = false;
    version.value = source().settings.version ?? '';
    state.reset();
  });

  function show(): void {
    isShown.value = true;
    void state.reload();
  }

  return { state, isShown, version, show };
}
