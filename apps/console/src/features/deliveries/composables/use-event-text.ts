import { EVENT_CATALOGUE, findEvent } from '@im/contracts/events/catalogue';
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
    describeEvent: (event) => findEvent(event)?.description[locale.value] ?? '',
    eventOptions: computed(() =>
      EVENT_CATALOGUE.map(({ event, description }) => ({ event, description: description[locale.value] })),
    ),
  };
}
