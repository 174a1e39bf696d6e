/** Converts a payload's schema to the flat list of fields in tables and documents. */
import { z } from 'zod';
import { fieldText, type LocalizedText } from './define.js';

export interface FieldDescription {
  /** From the payload down, such as `message.senderId`; `[]` marks the items of a list of objects. */
  path: string;
  /** The last step of `path`. */
  name: string;
  /** How many objects the field is nested in; 0 for the payload's own fields. */
  depth: number;
  /** Such as `string`, `integer`, `instant`, `string[]`, `"single" | "group"`, `object`, `JSON`. */
  type: string;
  isRequired: boolean;
  text: LocalizedText;
}

/**
 * Every field of a payload, nested ones directly after the field that contains them.
 *
 * @throws Error when a field was not described with `field()`
 */
export function describeFields(schema: z.ZodObject): FieldDescription[] {
  return describeShape(schema, '', 0);
}

function describeShape(schema: z.ZodObject, prefix: string, depth: number): FieldDescription[] {
  return Object.entries(schema.shape).flatMap(([name, value]) => {
    const fieldSchema = value as z.ZodType;
    const path = `${prefix}${name}`;
    const text = textOf(fieldSchema);
    if (!text) throw new Error(`${path} has no description: wrap its schema in field()`);
    const inner = unwrapped(fieldSchema);
    const isRequired = !(fieldSchema instanceof z.ZodOptional || fieldSchema instanceof z.ZodDefault);
    const own = { path, name, depth, type: typeOf(inner), isRequired, text };
    const isList = inner instanceof z.ZodArray;
    const inside = isList ? unwrapped(inner.element as z.ZodType) : inner;
    if (!(inside instanceof z.ZodObject)) return [own];
    return [own, ...describeShape(inside, `${path}${isList ? '[]' : ''}.`, depth + 1)];
  });
}

/** The description of the schema or, when a wrapper was put around it later, of what is inside. */
function textOf(schema: z.ZodType): LocalizedText | undefined {
  const text = fieldText.get(schema);
  if (text) return text;
  const inner = unwrapOnce(schema);
  return inner && textOf(inner);
}

/** What is inside of `.optional()`, `.nullable()` and the like. */
export function unwrapped(schema: z.ZodType): z.ZodType {
  const inner = unwrapOnce(schema);
  return inner ? unwrapped(inner) : schema;
}

function unwrapOnce(schema: z.ZodType): z.ZodType | undefined {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodReadonly
  ) {
    return schema.unwrap() as z.ZodType;
  }
  return undefined;
}

function typeOf(schema: z.ZodType): string {
  if (schema instanceof z.ZodISODateTime) return 'instant';
  if (schema instanceof z.ZodString) return 'string';
  if (schema instanceof z.ZodNumber) return schema.format === 'safeint' ? 'integer' : 'number';
  if (schema instanceof z.ZodBoolean) return 'boolean';
  if (schema instanceof z.ZodEnum) return schema.options.map((option) => JSON.stringify(option)).join(' | ');
  if (schema instanceof z.ZodArray) return `${typeOf(unwrapped(schema.element as z.ZodType))}[]`;
  if (schema instanceof z.ZodObject || schema instanceof z.ZodRecord) return 'object';
  return 'JSON';
}
