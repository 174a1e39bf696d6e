import type { TracedEvent } from '@im/contracts/api/trace';
import { computed, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { attempt } from '../../../shared/ui/attempt.js';
import { findTrace, type FoundTrace } from '../model/find-trace.js';
import { isTimeline } from '../model/timeline.js';
import type { TraceCandidate } from '../model/trace-candidates.js';
import { traceEvents } from '../trace.api.js';

/** Events that the time line of a conversation or a user begins with; earlier ones are loaded on demand. */
const TIMELINE_EVENTS = 200;

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

/** The events that the first known candidate leads to, and earlier ones on demand. */
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
    isLoadingOlder.value = false;
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
      // Another id may have been asked for while this one loaded.
      if (state.data.value !== found) return;
      older.value = [...older.value, ...page.data];
      cursor.value = page.page.nextCursor;
    });
    if (state.data.value === found) isLoadingOlder.value = false;
  }

  const hasOlder = computed(() => cursor.value !== null);
  const trace = { state, events, hasOlder, isLoadingOlder, loadOlder, refresh };
  fillTimeline(trace);
  return trace;
}

/** Loads a time line page by page. The first page that fails ends it; "earlier events" goes on from there. */
function fillTimeline({ state, events, hasOlder, isLoadingOlder, loadOlder }: Trace): void {
  watch(state.data, async (found, _, onCleanup) => {
    if (!isTimeline(found?.by)) return;
    const stopping = new AbortController();
    onCleanup(() => stopping.abort());
    let loaded = 0;
    while (!stopping.signal.aborted && hasOlder.value && !isLoadingOlder.value) {
      if (events.value.length >= TIMELINE_EVENTS || events.value.length === loaded) return;
      loaded = events.value.length;
      await loadOlder();
    }
  });
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
