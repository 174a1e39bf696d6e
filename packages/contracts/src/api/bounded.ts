/**
 * Defines lists and objects whose check ends early. zod checks every item and keeps every fault, so that a body of 250
 * KB can have 125,000 of them; these stop once there are more than an answer names, and check lengths first.
 */
import { z } from 'zod';
import { MAX_FIELD_ERRORS } from '../problem.js';

type RawIssue = z.core.$ZodRawIssue;

interface BoundedListDef extends z.core.$ZodArrayDef {
  maxItems: number;
}

/** A list that stops after the faults that an answer names, as do its clones, such as `.min(1)`. */
const BoundedList = z.core.$constructor<z.ZodArray, BoundedListDef>('BoundedList', (list, def) => {
  z.ZodArray.init(list, def);
  // Checks the type, and the length before any item.
  const parseAll = list._zod.parse.bind(list._zod);
  list._zod.parse = (payload, context) => {
    const input: unknown = payload.value;
    if (!Array.isArray(input) || input.length > def.maxItems) return parseAll(payload, context);
    const items: unknown[] = [];
    for (const [index, item] of (input as unknown[]).entries()) {
      const result = def.element._zod.run({ value: item, issues: [] }, context);
      if (result instanceof Promise) throw new TypeError('Items of a bounded list are checked at once');
      if (result.issues.length > 0) payload.issues.push(...z.core.util.prefixIssues(index, result.issues));
      if (payload.issues.length > MAX_FIELD_ERRORS) break;
      items.push(result.value);
    }
    payload.value = items;
    return payload;
  };
});

interface BoundedRecordDef extends z.core.$ZodRecordDef {
  maxKeys: number;
}

const BoundedRecord = z.core.$constructor<z.ZodRecord, BoundedRecordDef>('BoundedRecord', (record, def) => {
  z.ZodRecord.init(record, def);
  const parseAll = record._zod.parse.bind(record._zod);
  record._zod.parse = (payload, context) => {
    if (!hasMoreKeys(payload.value, def.maxKeys)) return parseAll(payload, context);
    payload.issues.push({
      code: 'too_big',
      origin: 'object',
      maximum: def.maxKeys,
      inclusive: true,
      message: `must have at most ${String(def.maxKeys)} fields`,
      input: payload.value,
      inst: record,
    } satisfies RawIssue);
    return payload;
  };
});

/** Accepts any object as it is, without checking or copying its fields. */
const JsonObject = z.core.$constructor<z.ZodRecord>('JsonObject', (object, def) => {
  z.ZodRecord.init(object, def);
  const parseAll = object._zod.parse.bind(object._zod);
  object._zod.parse = (payload, context) =>
    z.core.util.isPlainObject(payload.value) ? payload : parseAll(payload, context);
});

/** An object whose known fields are checked, and which is passed on as it is, with all others in their order. */
const OpenObject = z.core.$constructor<z.ZodObject>('OpenObject', (object, def) => {
  z.ZodObject.init(object, def);
  let known: z.ZodObject | undefined;
  object._zod.parse = (payload, context) => {
    known ??= z.object(def.shape);
    const input: unknown = payload.value;
    const result = known._zod.parse(payload, context);
    if (result instanceof Promise) throw new TypeError('Fields of an open object are checked at once');
    if (result.issues.length === 0) result.value = input;
    return result;
  };
});

/**
 * A list of at most `max` items, whose items are not checked when there are more.
 *
 * @param max items
 */
export function boundedList<T extends z.ZodType>(element: T, max: number): z.ZodArray<T> {
  const list = new BoundedList({ type: 'array', element, maxItems: max }) as unknown as z.ZodArray<T>;
  return list.max(max);
}

/**
 * An object of values of one kind, whose values are not checked when there are more than `maxKeys`.
 *
 * @param maxKeys fields
 */
export function boundedRecord<K extends z.ZodString, V extends z.ZodType>(
  keyType: K,
  valueType: V,
  maxKeys: number,
): z.ZodRecord<K, V> {
  return new BoundedRecord({ type: 'record', keyType, valueType, maxKeys }) as unknown as z.ZodRecord<K, V>;
}

/** Any JSON object, such as an event's `data`; its content is checked elsewhere. */
export function jsonObject(): z.ZodRecord<z.ZodString, z.ZodUnknown> {
  return new JsonObject({
    type: 'record',
    keyType: z.string(),
    valueType: z.unknown(),
  }) as unknown as z.ZodRecord<z.ZodString, z.ZodUnknown>;
}

/** As `z.looseObject`, for objects of thousands of further fields. */
export function openObject<S extends z.ZodRawShape>(shape: S): z.ZodObject<S, z.core.$loose> {
  return new OpenObject({
    type: 'object',
    shape,
    catchall: z.unknown(),
  }) as unknown as z.ZodObject<S, z.core.$loose>;
}

function hasMoreKeys(value: unknown, max: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  let count = 0;
  for (const key in value) {
    if (Object.hasOwn(value, key)) count += 1;
    if (count > max) return true;
  }
  return false;
}
