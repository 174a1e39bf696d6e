import type { StoredEvent } from '@im/contracts/api/event-log';
import type { Source } from '@im/contracts/api/sources';
import { watch } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { listSourceNames } from '../../../shared/sources/sources.api.js';
import { useSessionStore } from '../../../stores/session.js';
import { latestEvent } from '../trace.api.js';

export interface Intake {
  /** The newest event of the app. */
  latest: StoredEvent | undefined;
  /** Undefined for those who may not read sources. */
  sources: readonly Source[] | undefined;
}

/** Whether the app received anything lately, and from which source. */
export function useIntake(appKey: () => string): AsyncState<Intake> {
  const session = useSessionStore();
  const state = useAsyncState<Intake>(async (signal) => {
    const [events, sources] = await Promise.all([
      latestEvent(appKey(), signal),
      session.can('manageSources') ? listSourceNames(appKey(), signal) : undefined,
    ]);
    return { latest: events.data[0], sources: sources?.data };
  });
  watch(appKey, () => void state.reload(), { immediate: true });
  return state;
}
