import type { EventType } from '@im/contracts/api/event-types';

/** The description in the reader's language, or in the other one when there is none. */
export function descriptionIn({ description }: Pick<EventType, 'description'>, locale: 'zh' | 'en'): string {
  return description[locale] || description.zh || description.en;
}
