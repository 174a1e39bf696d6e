/** Presents the events of the catalogue as event types of the API. */
import type { EventType } from '@im/contracts/api/event-types';
import { fieldText, type EventDefinition } from '@im/contracts/events/define';
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
    externalId: null,
    version: null,
    schema: describedSchema(schema),
    example,
    createdAt: null,
    updatedAt: null,
    createdBy: null,
    updatedBy: null,
  };
}

/** With the description of each field: in English, and in Chinese as an annotation. */
function describedSchema(schema: z.ZodObject): Record<string, unknown> {
  return z.toJSONSchema(schema, {
    io: 'input',
    // `extra` and contents may be any JSON.
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const text = fieldText.get(zodSchema);
      if (text) Object.assign(jsonSchema, { description: text.en, 'x-description-zh': text.zh });
    },
  });
}
