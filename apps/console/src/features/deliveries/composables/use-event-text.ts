import { BUILT_IN_EVENTS, findListedEvent } from '@im/contracts/events/event-list';
import { computed, type ComputedRef } from 'vue';
import { useText } from '../../../i18n/i18n.js';

export interface EventOption {
  event: string;
  description: string;
}

/** What events are called in the active language. */
export function useEventText(): {
  describeEvent: (event: string) => string;
  eventOptions: ComputedRef<EventOption[]>;
} {
  const { locale } = useText();
  return {
    describeEvent: (event) => findListedEvent(event)?.description[locale.value] ?? '',
    eventOptions: computed(() =>
      Object.entries(BUILT_IN_EVENTS).map(([event, { description }]) => ({
        event,
        description: description[locale.value],
      })),
    ),
  };
}
