/** Loads one event type with its schema, its example and its subscribers. */
import type { EventTypeSubscribers } from '@im/contracts/api/event-type-usage';
import type { EventType } from '@im/contracts/api/event-types';
import { watch } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { getEventType, getEventTypeUsage } from '../event-types.api.js';

export interface EventTypeDetail {
  eventType: EventType;
  usage: EventTypeSubscribers;
}

/** @param name undefined: none is open */
export function useEventTypeDetail(name: () => string | undefined): AsyncState<EventTypeDetail | undefined> {
  const state = useAsyncState(async (signal) => {
    const asked = name();
    if (asked === undefined) return undefined;
    const [eventType, usage] = await Promise.all([
      getEventType(asked, signal),
      getEventTypeUsage(asked, signal),
    ]);
    return { eventType, usage };
  });
  watch(
    name,
    () => {
      state.reset();
      void state.reload();
    },
    { immediate: true },
  );
  return state;
}
