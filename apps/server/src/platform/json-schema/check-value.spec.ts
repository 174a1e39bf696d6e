import { checkValue } from '@im/contracts/json-schema/check-value';
import type { ValueTools } from '@im/contracts/json-schema/plain-keywords';
import { describe, expect, it } from 'vitest';
import { compileSchema, findSchemaFaults } from './compile-schema.js';
import { compilePattern } from './linear-pattern.js';
import { SCHEMA_FORMATS } from './schema-formats.js';

type Json = Record<string, unknown>;

const formats = new Map(
  [...SCHEMA_FORMATS].map(([name, format]) => [
    name,
    (format as { validate: (text: string) => boolean }).validate,
  ]),
);
const tools: ValueTools = {
  compile: (pattern) => {
    const linear = compilePattern(pattern);
    return (text) => linear.test(text);
  },
  formats,
  maxSteps: 10_000,
};

function byConsole(schema: Json, value: unknown): string[] {
  return unique(checkValue(schema, value, tools).map(({ pointer, code }) => `${pointer} ${code}`));
}

function byService(schema: Json, value: unknown): string[] {
  expect(findSchemaFaults(schema)).toEqual([]);
  const faults = compileSchema(schema).check(value, JSON.stringify(value).length);
  return unique(faults.map(({ pointer, code }) => `${pointer} ${code}`));
}

const unique = (faults: string[]) => [...new Set(faults)].sort();

const person = { type: 'object', required: ['userId'], properties: { userId: { type: 'string' } } };

const CASES: readonly [schema: Json, ...values: unknown[]][] = [
  [{ type: 'string', minLength: 2, maxLength: 3 }, 'ab', 'a', 'abcd', '😀😀', 1, null],
  [{ type: ['integer', 'null'] }, 1, 1.5, 1e300, null, '1', []],
  [{ type: 'number', exclusiveMinimum: 0, maximum: 10, multipleOf: 0.5 }, 0.5, 0, 10.5, 0.3, -1],
  [{ type: 'boolean' }, true, 0, 'true'],
  [{ enum: [1, 'a', { x: [1], y: 2 }, null] }, 1, 'a', { y: 2, x: [1] }, null, 2, { x: [1] }],
  [{ const: { a: 1, b: 2 } }, { b: 2, a: 1 }, { a: 1 }],
  [{ pattern: '^o-\\d+$' }, 'o-1', 'x', 3],
  [{ format: 'date-time' }, '2026-11-21T08:00:00Z', '2026-13-01T00:00:00Z', 5],
  [{ format: 'email' }, 'a@example.com', 'a'],
  [{ format: 'ipv4' }, '10.0.0.1', '300.0.0.1'],
  [{ type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 2, uniqueItems: true }, ['a'], []],
  [{ type: 'array', items: { type: 'string' }, uniqueItems: true }, ['a', 'a'], [1, 'b'], {}],
  [{ prefixItems: [{ type: 'string' }, { type: 'number' }] }, ['a', 1], ['a', 'b'], [1], ['a', 1, 2]],
  [{ contains: { type: 'integer' }, unevaluatedItems: { type: 'string' } }, [1, 'a'], [1, true]],
  [{ required: ['a', 'toString'] }, { a: 1, toString: 2 }, {}, 'text'],
  [
    { properties: { a: person, b: false }, additionalProperties: false },
    { a: { userId: 'u' } },
    { a: {} },
    { c: 1 },
  ],
  [
    { patternProperties: { '^x-': { type: 'number' } }, additionalProperties: { type: 'string' } },
    { 'x-a': 1, b: 'c' },
  ],
  [
    { patternProperties: { '^x-': { type: 'number' } }, additionalProperties: { type: 'string' } },
    { 'x-a': 'n', b: 2 },
  ],
  [{ minProperties: 1, maxProperties: 1 }, {}, { a: 1 }, { a: 1, b: 2 }],
  [{ dependentRequired: { card: ['holder'] } }, { card: 1 }, { card: 1, holder: 2 }, {}],
  [
    { dependentSchemas: { card: { properties: { n: { type: 'number' } } } } },
    { card: 1, n: 'x' },
    { n: 'x' },
  ],
  [{ allOf: [{ required: ['a'] }, { required: ['b'] }] }, {}, { a: 1 }, { a: 1, b: 1 }],
  [{ anyOf: [{ type: 'string' }, { minimum: 5 }] }, 'a', 7, 3],
  [{ oneOf: [{ type: 'integer' }, { minimum: 5 }] }, 3, 7, 5.5, 2.5],
  [{ not: { type: 'string' } }, 1, 'a'],
  [
    { if: { properties: { k: { const: 1 } } }, then: { required: ['x'] }, else: { required: ['y'] } },
    { k: 1 },
    { k: 2 },
  ],
  [
    { $defs: { person }, properties: { buyer: { $ref: '#/$defs/person' } } },
    { buyer: {} },
    { buyer: { userId: 1 } },
  ],
  [{ allOf: [{ properties: { a: {} } }], unevaluatedProperties: false }, { a: 1 }, { a: 1, b: 2 }],
  [{ properties: { 'a/b~c': { type: 'string' } } }, { 'a/b~c': 1 }],
  [
    { anyOf: [{ properties: { a: { type: 'string' } }, required: ['a'] }, {}], unevaluatedProperties: false },
    { a: 'x' },
  ],
];

/** The service says the same of them in another place. */
const REFUSED_ELSEWHERE: readonly [schema: Json, ...values: unknown[]][] = [
  [{ prefixItems: [{ type: 'string' }], items: false }, ['a'], ['a', 'b']],
  [{ contains: { type: 'integer' }, minContains: 2, maxContains: 3 }, [1, 2], [1], [1, 2, 3, 4], ['a']],
  [{ propertyNames: { maxLength: 2 } }, { ab: 1 }, { abc: 1 }],
];

describe('the console finds of a value what the service finds', () => {
  it.each(CASES)('for %j', (schema, ...values) => {
    for (const value of values) expect(byConsole(schema, value)).toEqual(byService(schema, value));
  });

  it.each(REFUSED_ELSEWHERE)('or refuses it alike, for %j', (schema, ...values) => {
    for (const value of values) {
      expect(byConsole(schema, value).length > 0).toBe(byService(schema, value).length > 0);
    }
  });
});

it('gives up after too many steps', () => {
  const schema = { items: { items: { type: 'string' } } };
  const value = Array.from({ length: 200 }, () => Array.from({ length: 200 }, () => 'a'));
  expect(() => checkValue(schema, value, tools)).toThrow();
});
