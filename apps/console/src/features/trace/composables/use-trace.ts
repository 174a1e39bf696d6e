import type { TracedEvent } from '@im/contracts/api/trace';
import { computed, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { attempt } from '../../../shared/ui/attempt.js';
import { findTrace, type FoundTrace } from '../model/find-trace.js';
import type { TraceCandidate } from '../model/trace-candidates.js';
import { traceEvents } from '../trace.api.js';

export interface Trace {
  state: AsyncState<FoundTrace>;
  /** All loaded ones, newest first. */
  events: ComputedRef<readonly TracedEvent[]>;
  hasOlder: ComputedRef<boolean>;
  isLoadingOlder: Ref<boolean>;
  loadOlder: () => Promise<void>;
  /** Loads one event again, after an action or while it is under way; a failure leaves it as it was. */
  refresh: (eventId: string) => Promise<void>;
}

/** What any of the candidates leads to, and earlier events on demand. */
export function useTrace(appKey: () => string, candidates: () => readonly TraceCandidate[]): Trace {
  const older = shallowRef<readonly TracedEvent[]>([]);
  const cursor = shallowRef<string | null>(null);
  const { newest, refresh, forgetRefreshed } = useRefreshedEvents(appKey);
  const isLoadingOlder = shallowRef(false);

  const state = useAsyncState(async (signal) => {
    const found = await findTrace(candidates(), ({ key, id }) =>
      traceEvents(appKey(), key, id, undefined, signal),
    );
    forget(found.nextCursor);
    return found;
  });

  function forget(nextCursor: string | null): void {
    older.value = [];
    forgetRefreshed();
    cursor.value = nextCursor;
  }

  watch(
    [appKey, () => JSON.stringify(candidates())],
    () => {
      state.reset();
      forget(null);
      if (candidates().length > 0) void state.reload();
    },
    { immediate: true },
  );

  const events = computed(() => [...(state.data.value?.events ?? []), ...older.value].map(newest));

  async function loadOlder(): Promise<void> {
    const found = state.data.value;
    const from = cursor.value;
    if (!found?.by || from === null || isLoadingOlder.value) return;
    const { key, id } = found.by;
    isLoadingOlder.value = true;
    await attempt(async () => {
      const page = await traceEvents(appKey(), key, id, from);
      // Meanwhile another id may have been asked for.
      if (state.data.value !== found) return;
      older.value = [...older.value, ...page.data];
      cursor.value = page.page.nextCursor;
    });
    isLoadingOlder.value = false;
  }

  const hasOlder = computed(() => cursor.value !== null);
  return { state, events, hasOlder, isLoadingOlder, loadOlder, refresh };
}

/** Events that were loaded again since they were found. */
function useRefreshedEvents(appKey: () => string) {
  const refreshed = shallowRef<ReadonlyMap<string, TracedEvent>>(new Map());

  async function refresh(eventId: string): Promise<void> {
    await attempt(async () => {
      const { data } = await traceEvents(appKey(), 'eventId', eventId, undefined);
      const [event] = data;
      if (event) refreshed.value = new Map([...refreshed.value, [eventId, event]]);
    });
  }

  return {
    newest: (event: TracedEvent) => refreshed.value.get(event.eventId) ?? event,
    refresh,
    forgetRefreshed: () => (refreshed.value = new Map()),
  };
}
