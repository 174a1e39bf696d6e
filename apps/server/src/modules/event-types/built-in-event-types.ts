/** Presents the events of the catalogue as event types of the API. */
import type { EventType } from '@im/contracts/api/event-types';
import type { EventDefinition } from '@im/contracts/events/define';
import { EVENT_CATALOGUE } from '@im/contracts/events/catalogue';
import { z } from 'zod';

/** By name. */
export const BUILT_IN_EVENT_TYPES: readonly EventType[] = EVENT_CATALOGUE.map(toEventType).sort(
  (one, other) => (one.name < other.name ? -1 : 1),
);

const byName = new Map(BUILT_IN_EVENT_TYPES.map((eventType) => [eventType.name, eventType]));

export function builtInEventType(name: string): EventType | undefined {
  return byName.get(name);
}

function toEventType({ event, description, schema, example }: EventDefinition): EventType {
  return {
    name: event,
    origin: 'built_in',
    overridesBuiltIn: false,
    description,
    version: null,
    // `extra` and contents may be any JSON.
    schema: z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }),
    example,
    createdAt: null,
    updatedAt: null,
    createdBy: null,
    updatedBy: null,
  };
}
