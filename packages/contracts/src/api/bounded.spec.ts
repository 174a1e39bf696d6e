import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EVENT_CATALOGUE } from '../events/catalogue.js';
import { unwrapped } from '../events/describe-fields.js';
import { ALL_ROUTES } from '../routes/all-routes.js';
import type { RouteContract } from '../routes/route.js';
import { boundedList, boundedRecord, jsonObject, openObject } from './bounded.js';

/** A schema that counts how often it is used. */
function counting(): { schema: z.ZodType<string>; count: () => number } {
  let count = 0;
  const schema = z.string().refine((text) => {
    count += 1;
    return text !== 'bad';
  });
  return { schema, count: () => count };
}

describe('a bounded list', () => {
  it('stops at the fault after those that an answer names', () => {
    const { schema, count } = counting();
    const { error } = boundedList(schema, 1_000).safeParse(Array<string>(900).fill('bad'));
    expect(error?.issues).toHaveLength(21);
    expect(error?.issues[20]?.path).toEqual([20]);
    expect(count()).toBe(21);
  });

  it('looks at no item when there are too many', () => {
    const { schema, count } = counting();
    const { error } = boundedList(schema, 10).safeParse(Array<string>(11).fill('bad'));
    expect(error?.issues).toEqual([expect.objectContaining({ code: 'too_big', maximum: 10, path: [] })]);
    expect(count()).toBe(0);
  });

  it('is a list in every other way', () => {
    const list = boundedList(z.string().trim(), 3).min(1);
    expect(list.parse([' a '])).toEqual(['a']);
    expect(list.safeParse([]).error?.issues[0]).toMatchObject({ code: 'too_small' });
    expect(list.safeParse('a').error?.issues[0]).toMatchObject({ code: 'invalid_type', expected: 'array' });
    expect(list.clone().optional().safeParse(Array(900).fill(1)).error?.issues).toHaveLength(1);
    expect(z.toJSONSchema(list)).toMatchObject({ type: 'array', minItems: 1, maxItems: 3 });
  });
});

describe('a bounded record', () => {
  it('looks at no value when there are too many', () => {
    const { schema, count } = counting();
    const { error } = boundedRecord(z.string(), schema, 2).safeParse({ a: 'bad', b: 'bad', c: 'bad' });
    expect(error?.issues).toEqual([expect.objectContaining({ code: 'too_big', maximum: 2 })]);
    expect(count()).toBe(0);
  });

  it('is a record in every other way', () => {
    const record = boundedRecord(z.string(), z.int(), 2);
    expect(record.parse({ a: 1, b: 2 })).toEqual({ a: 1, b: 2 });
    expect(record.safeParse({ a: 'x' }).error?.issues[0]).toMatchObject({ path: ['a'] });
    expect(record.safeParse([]).success).toBe(false);
    expect(z.toJSONSchema(record)).toMatchObject({ type: 'object' });
  });
});

describe('an object that is handed on as it is', () => {
  it.each([
    ['any', jsonObject()],
    ['an open one', openObject({ z: z.string().optional() })],
  ])('%s is the very same', (_name, schema) => {
    const input = JSON.parse('{"z":"1","a":2,"__proto__":{"b":3}}') as Record<string, unknown>;
    expect(schema.parse(input)).toBe(input);
    expect(z.toJSONSchema(schema)).toMatchObject({ type: 'object', additionalProperties: {} });
  });

  it.each([[[]], [null], ['{}'], [1]])('%j is no object', (value) => {
    expect(jsonObject().safeParse(value).error?.issues[0]).toMatchObject({ code: 'invalid_type' });
    expect(openObject({}).safeParse(value).success).toBe(false);
  });

  it('names what is wrong with known fields', () => {
    const { error } = openObject({ id: z.string() }).safeParse({ id: 1, other: 2 });
    expect(error?.issues).toEqual([expect.objectContaining({ path: ['id'], code: 'invalid_type' })]);
  });
});

describe('every list and record that comes in is bounded:', () => {
  it.each([
    ...ALL_ROUTES.flatMap((route: RouteContract) => [
      [`the body of ${route.operationId}`, route.body] as const,
      [`the query of ${route.operationId}`, route.query] as const,
    ]),
    ...EVENT_CATALOGUE.map(({ event, schema }) => [event, schema] as const),
  ])('%s', (_name, schema) => {
    expect(schema ? unboundedIn(schema) : []).toEqual([]);
  });
});

/** Paths of lists and records that would be checked to their end. */
function unboundedIn(given: z.ZodType, path = ''): string[] {
  const schema = unwrapped(given);
  const { traits } = schema._zod;
  if (schema instanceof z.ZodArray) {
    const isBounded = traits.has('BoundedList') || schema.element instanceof z.ZodUnknown;
    return [...(isBounded ? [] : [path]), ...unboundedIn(schema.element as z.ZodType, `${path}[]`)];
  }
  if (schema instanceof z.ZodRecord) {
    const isBounded = traits.has('BoundedRecord') || schema.valueType instanceof z.ZodUnknown;
    return isBounded ? [] : [path];
  }
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape as z.core.$ZodShape).flatMap(([name, field]) =>
      unboundedIn(field as z.ZodType, `${path}/${name}`),
    );
  }
  if (schema instanceof z.ZodUnion) {
    return (schema.options as z.ZodType[]).flatMap((option) => unboundedIn(option, path));
  }
  return [];
}
