/** Describes the catalogue of events as plain data, which types of every language are written from. */
import { EVENT_CATALOGUE } from '@im/contracts/events/catalogue';
import { fieldText, type EventDefinition } from '@im/contracts/events/define';
import { unwrapped } from '@im/contracts/events/describe-fields';
import { participantSchema } from '@im/contracts/events/fields';
import { z } from 'zod';

export type FieldType =
  | { kind: 'text' | 'instant' | 'integer' | 'number' | 'boolean' | 'json' | 'object' }
  | { kind: 'words'; words: string[] }
  | { kind: 'list'; of: FieldType }
  | { kind: 'type'; name: string };

export interface Field {
  name: string;
  type: FieldType;
  isRequired: boolean;
  text: { zh: string; en: string };
}

export interface ObjectType {
  name: string;
  fields: Field[];
}

export interface DescribedEvent {
  event: string;
  /** The name of its payload's type. */
  type: string;
  text: { zh: string; en: string };
  example: unknown;
}

export interface Catalogue {
  types: ObjectType[];
  events: DescribedEvent[];
}

/** Objects that are no payload of their own. */
const PARTS = { Participant: participantSchema };

export function describeCatalogue(definitions: readonly EventDefinition[] = EVENT_CATALOGUE): Catalogue {
  const names = new Map<unknown, string>();
  const schemas = new Map<string, z.ZodObject>(Object.entries(PARTS));
  for (const { payload, schema } of definitions) schemas.set(payload, schema);
  for (const [name, schema] of schemas) names.set(schema.shape, name);
  const types = [...schemas].map(([name, schema]) => ({ name, fields: fieldsOf(schema, names) }));
  const events = definitions.map(({ event, payload, description, example }) => ({
    event,
    type: payload,
    text: description,
    example,
  }));
  return { types, events };
}

function fieldsOf(schema: z.ZodObject, names: ReadonlyMap<unknown, string>): Field[] {
  return Object.entries(schema.shape).map(([name, value]) => {
    const fieldSchema = value as z.ZodType;
    return {
      name,
      type: typeOf(unwrapped(fieldSchema), names),
      isRequired: !(fieldSchema instanceof z.ZodOptional),
      text: textOf(fieldSchema),
    };
  });
}

function textOf(schema: z.ZodType): { zh: string; en: string } {
  const text = fieldText.get(schema);
  if (text) return text;
  if (schema instanceof z.ZodOptional) return textOf(schema.unwrap() as z.ZodType);
  throw new TypeError('A field has no text');
}

function typeOf(schema: z.ZodType, names: ReadonlyMap<unknown, string>): FieldType {
  if (schema instanceof z.ZodISODateTime) return { kind: 'instant' };
  if (schema instanceof z.ZodString) return { kind: 'text' };
  if (schema instanceof z.ZodNumber) return { kind: schema.format === 'safeint' ? 'integer' : 'number' };
  if (schema instanceof z.ZodBoolean) return { kind: 'boolean' };
  if (schema instanceof z.ZodEnum) return { kind: 'words', words: schema.options.map(String) };
  if (schema instanceof z.ZodArray) {
    return { kind: 'list', of: typeOf(unwrapped(schema.element as z.ZodType), names) };
  }
  if (schema instanceof z.ZodObject) {
    const name = names.get(schema.shape);
    if (name === undefined) throw new TypeError('An object inside a payload has no name: add it to PARTS');
    return { kind: 'type', name };
  }
  if (schema instanceof z.ZodRecord) return { kind: 'object' };
  return { kind: 'json' };
}
