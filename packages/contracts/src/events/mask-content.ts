/**
 * What of a payload people may see who may not read messages: ids, instants, numbers and words out of vocabularies.
 * Content is whatever the catalogue does not prove harmless, so a new or unknown field is masked until somebody says
 * otherwise.
 */
import { z } from 'zod';
import { findEvent } from './catalogue.js';
import { isHarmlessText } from './define.js';
import { unwrapped } from './describe-fields.js';
import { idSchema } from './fields.js';
import { USER_FIELDS, USER_HOLDERS } from './user-ids.js';

/** Stands for a value that is not shown, whatever its type and size. */
export const MASK = '***';

/** Of events that the catalogue does not know: what the log is searched by anyway. */
const ID_FIELDS: ReadonlySet<string> = new Set(['messageId', 'conversationId', ...USER_FIELDS]);
const HOLDERS: ReadonlySet<string> = new Set(USER_HOLDERS);

type Fields = Readonly<Record<string, unknown>>;

/**
 * A payload with its content masked. Names of fields stay; what is inside of a masked value, names too, is gone.
 *
 * @param event the event's name
 * @param data its payload; it need not be valid: what does not fit its field is masked
 */
export function maskContent(event: string, data: unknown): unknown {
  const schema = findEvent(event)?.schema;
  if (schema) return maskValue(schema, data);
  return isFields(data) ? maskUnknownFields(data, true) : MASK;
}

function maskValue(given: z.ZodType, value: unknown): unknown {
  if (value === null) return null;
  const schema = unwrapped(given);
  if (schema instanceof z.ZodObject) return isFields(value) ? maskFields(schema, value) : MASK;
  if (schema instanceof z.ZodArray) {
    const element = schema.element as z.ZodType;
    return Array.isArray(value) ? value.map((item: unknown) => maskValue(element, item)) : MASK;
  }
  return isHarmless(schema, value) ? value : MASK;
}

function maskFields(schema: z.ZodObject, value: Fields): Fields {
  const shape = schema.shape as Readonly<Record<string, z.ZodType>>;
  return mapFields(value, (name, held) => {
    const field = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (field) return maskValue(field, held);
    return held === null ? null : MASK;
  });
}

/** Types that can hold nothing a person wrote; text alone has to be declared. */
function isHarmless(schema: z.ZodType, value: unknown): boolean {
  if (!schema.safeParse(value).success) return false;
  const isClosed =
    schema instanceof z.ZodEnum ||
    schema instanceof z.ZodBoolean ||
    schema instanceof z.ZodNumber ||
    schema instanceof z.ZodISODateTime;
  return isClosed || (typeof value === 'string' && isHarmlessText(schema, value));
}

function maskUnknownFields(value: Fields, isTop: boolean): Fields {
  return mapFields(value, (name, held) => {
    if (held === null) return null;
    if (isTop && HOLDERS.has(name) && isFields(held)) return maskUnknownFields(held, false);
    if (!ID_FIELDS.has(name)) return MASK;
    return Array.isArray(held) ? held.map(maskUnlessId) : maskUnlessId(held);
  });
}

function maskUnlessId(value: unknown): unknown {
  return idSchema.safeParse(value).success ? value : MASK;
}

/** Defines each field anew: assigning one named `__proto__` would set another thing. */
function mapFields(value: Fields, change: (name: string, held: unknown) => unknown): Fields {
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, change(name, held)]));
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
