/**
 * Masks a payload for people who may not read messages: they see ids, instants, numbers and words of vocabularies.
 * Everything that the catalogue does not declare harmless is content, so new and unknown fields are masked.
 */
import { z } from 'zod';
import { findEvent } from './catalogue.js';
import { isHarmlessText } from './define.js';
import { unwrapped } from './describe-fields.js';
import { idSchema } from './fields.js';
import { USER_FIELDS, USER_HOLDERS } from './user-ids.js';

/** Replaces a masked value of any type and size. */
export const MASK = '***';

/** The fields shown of unknown events: those that the log is searched by. */
const ID_FIELDS: ReadonlySet<string> = new Set(['messageId', 'conversationId', ...USER_FIELDS]);
/** A conversation of two is often named after both. */
const USER_NAMES: ReadonlySet<string> = new Set([...USER_FIELDS, 'conversationId']);
const HOLDERS: ReadonlySet<string> = new Set(USER_HOLDERS);

type Fields = Readonly<Record<string, unknown>>;

/**
 * A payload with its content masked. Names of fields stay, except inside of a masked value.
 *
 * @param event the event's name
 * @param data its payload; it need not be valid: a mismatch is masked
 */
export function maskContent(event: string, data: unknown): unknown {
  const schema = findEvent(event)?.schema;
  if (schema) return maskValue(schema, data);
  return isFields(data) ? maskUnknownFields(data, true) : MASK;
}

/**
 * Masks who sent, got or did something, wherever a payload names them, for people outside of the tenant.
 *
 * @param data whose content is masked already
 */
export function maskUserIds(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(maskUserIds);
  if (!isFields(data)) return data;
  return mapFields(data, (name, each) => (USER_NAMES.has(name) && each !== null ? MASK : maskUserIds(each)));
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
  return mapFields(value, (name, each) => {
    const field = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (field) return maskValue(field, each);
    return each === null ? null : MASK;
  });
}

/** Types that cannot contain what a person wrote; only text has to be declared. */
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
  return mapFields(value, (name, each) => {
    if (each === null) return null;
    if (isTop && HOLDERS.has(name) && isFields(each)) return maskUnknownFields(each, false);
    if (!ID_FIELDS.has(name)) return MASK;
    return Array.isArray(each) ? each.map(maskUnlessId) : maskUnlessId(each);
  });
}

function maskUnlessId(value: unknown): unknown {
  return idSchema.safeParse(value).success ? value : MASK;
}

/** Defines each field, since assigning one named `__proto__` would set the prototype. */
function mapFields(value: Fields, change: (name: string, each: unknown) => unknown): Fields {
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, change(name, each)]));
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
