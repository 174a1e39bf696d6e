import { describe, expect, it } from 'vitest';
import { CheckBudget } from './check-budget.js';
import { compileSchema, findSchemaFaults } from './compile-schema.js';

type Json = Record<string, unknown>;

/** Any input is answered within this time, on a busy machine. */
const SOON_MS = 3_000;

function check(schema: Json, value: unknown): [pointer: string, code: string][] {
  expect(findSchemaFaults(schema)).toEqual([]);
  return compileSchema(schema)
    .check(value, JSON.stringify(value).length)
    .map(({ pointer, code }) => [pointer, code]);
}

/** Processor time, which does not depend on other processes. */
function soon<T>(work: () => T): T {
  const before = process.threadCpuUsage();
  const result = work();
  const { user, system } = process.threadCpuUsage(before);
  expect((user + system) / 1_000).toBeLessThan(SOON_MS);
  return result;
}

const order = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://example.com/order.json',
  type: 'object',
  properties: {
    id: { type: 'string', minLength: 1, maxLength: 5 },
    amount: { type: 'number', minimum: 0, exclusiveMaximum: 100 },
    paidAt: { type: 'string', format: 'date-time' },
    phone: { type: 'string', pattern: '^1\\d{10}$' },
    title: { type: 'string', pattern: '^[\\u4e00-\\u9fa5]+$' },
    state: { enum: ['new', 'paid'] },
    tags: { type: 'array', items: { type: 'string' }, uniqueItems: true, maxItems: 3 },
    buyer: { $ref: '#/$defs/person' },
    seller: { $ref: '#/$defs/person' },
    payment: { oneOf: [{ required: ['card'] }, { required: ['cash'] }] },
  },
  required: ['id'],
  additionalProperties: false,
  $defs: { person: { type: 'object', required: ['userId'], properties: { userId: { type: 'string' } } } },
  'x-owner': 'orders',
};

describe('a value', () => {
  it.each<[unknown, [string, string][]]>([
    [{ id: '1', title: '订单', phone: '13800000000', paidAt: '2026-11-21T08:00:00Z', tags: ['a', 'b'] }, []],
    [{}, [['/id', 'required']]],
    [{ id: '' }, [['/id', 'too_small']]],
    [{ id: '123456' }, [['/id', 'too_big']]],
    [{ id: 1 }, [['/id', 'invalid_type']]],
    [{ id: '1', amount: -1 }, [['/amount', 'too_small']]],
    [{ id: '1', amount: 100 }, [['/amount', 'too_big']]],
    [{ id: '1', paidAt: '2026-13-41T00:00:00Z' }, [['/paidAt', 'invalid_format']]],
    [{ id: '1', phone: '2' }, [['/phone', 'invalid_format']]],
    [{ id: '1', title: 'order' }, [['/title', 'invalid_format']]],
    [{ id: '1', state: 'gone' }, [['/state', 'invalid_value']]],
    [{ id: '1', tags: ['a', 'a'] }, [['/tags', 'invalid_value']]],
    [{ id: '1', 'a/b': 1 }, [['/a~1b', 'unknown_field']]],
    [{ id: '1', buyer: {} }, [['/buyer/userId', 'required']]],
    [{ id: '1', payment: {} }, [['/payment', 'invalid_value']]],
    [
      { id: 1, amount: 'x' },
      [
        ['/id', 'invalid_type'],
        ['/amount', 'invalid_type'],
      ],
    ],
    ['text', [['', 'invalid_type']]],
  ])('%j has the faults %j', (value, faults) => {
    expect(check(order, value)).toEqual(faults);
  });

  it('does not have what every object inherits', () => {
    expect(check({ required: ['toString', 'constructor'] }, {})).toEqual([
      ['/toString', 'required'],
      ['/constructor', 'required'],
    ]);
    expect(check({ additionalProperties: false }, JSON.parse('{"__proto__":1}'))).toEqual([
      ['/__proto__', 'unknown_field'],
    ]);
  });
});

describe('a schema that is refused:', () => {
  it.each<[string, Json, string]>([
    ['a remote reference', { $ref: 'https://example.com/a.json' }, '/$ref'],
    ['a reference to a file', { properties: { a: { $ref: 'file:///etc/passwd' } } }, '/properties/a/$ref'],
    ['a reference to nothing', { $ref: '#/$defs/gone' }, '/$ref'],
    ['a reference into the prototype', { $defs: {}, $ref: '#/$defs/constructor' }, '/$ref'],
    ['the root in itself', { properties: { a: { $ref: '#' } } }, '/properties/a/$ref'],
    [
      'recursion',
      { $defs: { node: { properties: { next: { $ref: '#/$defs/node' } } } }, $ref: '#/$defs/node' },
      '/$defs/node/properties/next/$ref',
    ],
    ['a dynamic reference', { $dynamicRef: '#a' }, '/$dynamicRef'],
    ['an id inside', { properties: { a: { $id: 'https://example.com/' } } }, '/properties/a/$id'],
    ['another draft', { $schema: 'http://json-schema.org/draft-07/schema#' }, '/$schema'],
    ['a misspelt keyword', { requird: ['a'] }, '/requird'],
    ['an unknown type', { type: 'text' }, '/type'],
    ['a limit that is no number', { properties: { a: { minimum: '1' } } }, '/properties/a/minimum'],
    ['a required that is no list', { required: 'a' }, '/required'],
    ['a schema that is none', { properties: { a: 1 } }, '/properties/a'],
    ['an empty choice', { anyOf: [] }, '/anyOf'],
    ['a format that is not checked', { format: 'regex' }, '/format'],
    ['a lookahead', { pattern: '(?=a)' }, '/pattern'],
    ['a backreference', { pattern: '(a)\\1' }, '/pattern'],
    ['an unclosed group', { properties: { a: { pattern: '(' } } }, '/properties/a/pattern'],
    ['a pattern of a property that is none', { patternProperties: { '[': true } }, '/patternProperties/['],
    ['a pattern that repeats without end', { pattern: '(((a{30}){30}){30}){30}' }, '/pattern'],
    ['a long pattern', { pattern: 'a'.repeat(501) }, '/pattern'],
    ['deep nesting', nested(40), '/not'.repeat(33)],
    ['a deep value', { const: deepArray(100) }, ''],
    ['very many subschemas', { allOf: Array.from({ length: 1_100 }, () => ({})) }, ''],
    ['references that double', doubling(30), ''],
  ])('%s', (_, schema, pointer) => {
    const faults = soon(() => findSchemaFaults(schema));
    expect(faults.map((fault) => fault.pointer)).toEqual([pointer]);
  });
});

describe('checking takes a short time', () => {
  const letters = 'a'.repeat(250_000);

  it.each<[string, Json, unknown]>([
    [
      'a pattern that backtracks elsewhere',
      { properties: { a: { pattern: '^(a+)+$' } } },
      { a: `${letters}!` },
    ],
    ['many patterns on a long text', { allOf: manyPatterns() }, { a: letters }],
    [
      'pairs of a long list',
      { properties: { a: { uniqueItems: true } } },
      { a: range(60_000).map((n) => ({ n })) },
    ],
    [
      'a long list that fits nowhere',
      { properties: { a: { items: { anyOf: manyTypes() } } } },
      { a: range(60_000) },
    ],
    [
      'a long list that fits the last of many forms',
      {
        properties: { a: { items: { anyOf: [...repeated(900, { type: 'string' }), { type: 'integer' }] } } },
      },
      { a: repeated(130_000, 0) },
    ],
    [
      'a long list that is searched for many things',
      { properties: { a: { allOf: repeated(450, { minContains: 0, contains: false }) } } },
      { a: repeated(130_000, 0) },
    ],
    [
      'a long list of which each is compared with much',
      { properties: { a: { items: { not: { enum: repeated(10_000, 1).map((n, i) => ({ n, i })) } } } } },
      { a: repeated(40_000, { n: 1 }) },
    ],
    [
      'counting very many names again and again',
      { not: { allOf: repeated(900, { maxProperties: 100_000 }) } },
      objectOf(20_000),
    ],
    [
      'counting the letters of a long text again and again',
      { properties: { a: { anyOf: repeated(900, { maxLength: 5 }) } } },
      { a: letters },
    ],
    ['formats of a long text', { properties: { a: { format: 'uri' } } }, { a: letters }],
    ['patterns of many names', { patternProperties: { '^(x+x+)+y$': true } }, objectOf(20_000)],
    ['a deep value', { const: { a: 1 } }, { a: deepArray(100_000) }],
    ['a deep value in a list', { properties: { a: { uniqueItems: true } } }, { a: [deepArray(100_000)] }],
  ])('%s', (_, schema, value) => {
    expect(findSchemaFaults(schema)).toEqual([]);
    const compiled = compileSchema(schema);
    expect(soon(() => compiled.check(value, 250_000))).toBeInstanceOf(Array);
  });

  it('of many values together too, and well-meant ones are not refused', () => {
    const forms = [...repeated(900, { type: 'string' }), { type: 'integer' }];
    const heavy = compileSchema({ properties: { a: { items: { anyOf: forms } } } });
    const budget = new CheckBudget();
    const zeros = { a: repeated(130_000, 0) };
    const messages = soon(() => range(1_000).map(() => heavy.check(zeros, 260_000, budget)[0]?.message));
    expect(messages[0]).toBe('takes too long to check against the schema');
    expect(messages[999]).toContain('send fewer at once');

    const sharedByOrders = new CheckBudget();
    const goods = { id: '1', tags: ['a', 'b'], buyer: { userId: 'u' }, state: 'paid', amount: 5 };
    const orders = compileSchema({ properties: { orders: { type: 'array', items: order } } });
    for (let count = 0; count < 30; count += 1) {
      expect(orders.check({ orders: repeated(2_500, goods) }, 260_000, sharedByOrders)).toEqual([]);
    }
  });

  it('and lists some of very many faults', () => {
    const { check: checkList } = compileSchema({ contains: { type: 'string' } });
    const faults = checkList(repeated(130_000, 0), 260_000);
    expect(faults.length).toBeLessThanOrEqual(20);
    expect(faults.at(-1)).toMatchObject({ pointer: '' });
  });

  const seed = Date.now() % 1_000_000;

  it(`also of schemas made at random, none of which breaks anything (seed ${String(seed)})`, () => {
    const random = randomOf(seed);
    let usable = 0;
    for (let round = 0; round < 600; round += 1) {
      const schema = randomSchema(random, 4) as Json;
      if (findSchemaFaults(schema).length > 0) continue;
      usable += 1;
      const value = randomValue(random, 4);
      expect(compileSchema(schema).check(value, 1_000)).toBeInstanceOf(Array);
    }
    expect(usable).toBeGreaterThan(50);
  });
});

function nested(levels: number): Json {
  return levels === 0 ? {} : { not: nested(levels - 1) };
}

function deepArray(levels: number): unknown {
  return JSON.parse('['.repeat(levels) + ']'.repeat(levels));
}

/** Each definition is used twice by the one before: 2^n paths. */
function doubling(count: number): Json {
  const $defs: Json = { [`d${String(count)}`]: {} };
  for (let index = 0; index < count; index += 1) {
    const $ref = `#/$defs/d${String(index + 1)}`;
    $defs[`d${String(index)}`] = { allOf: [{ $ref }, { $ref }] };
  }
  return { $ref: '#/$defs/d0', $defs };
}

function manyPatterns(): Json[] {
  return range(200).map((index) => ({
    properties: { a: { pattern: `(a|b|ab)*[ab]{50}c{${String(index)}}d` } },
  }));
}

function manyTypes(): Json[] {
  return range(200).map((index) => ({ const: `no ${String(index)}` }));
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function repeated<T>(count: number, item: T): T[] {
  return Array.from({ length: count }, () => item);
}

function objectOf(count: number): Json {
  return Object.fromEntries(range(count).map((index) => [`${'x'.repeat(10)}${String(index)}`, 1]));
}

type Random = () => number;

function randomOf(seed: number): Random {
  let state = seed || 1;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
}

const KEYWORDS = (
  'type enum const required minimum maxLength pattern format items prefixItems contains properties patternProperties ' +
  'additionalProperties allOf anyOf oneOf not if then else $ref $defs uniqueItems minItems multipleOf propertyNames ' +
  'dependentRequired dependentSchemas unevaluatedProperties unevaluatedItems $dynamicRef __proto__ x-note'
).split(' ');

function randomSchema(random: Random, depth: number): unknown {
  if (depth === 0 || random() < 0.1) return random() < 0.5;
  const schema: Json = {};
  for (let count = Math.ceil(random() * 3); count > 0; count -= 1) {
    const keyword = KEYWORDS[Math.floor(random() * KEYWORDS.length)]!;
    schema[keyword] = random() < 0.1 ? randomValue(random, 2) : fittingValue(keyword, random, depth - 1);
  }
  return schema;
}

function fittingValue(keyword: string, random: Random, depth: number): unknown {
  switch (keyword) {
    case 'type':
      return ['string', 'object', 'array', 'number', 'null'][Math.floor(random() * 5)];
    case 'enum':
    case 'allOf':
    case 'anyOf':
    case 'oneOf':
    case 'prefixItems':
      return [randomSchema(random, depth), randomSchema(random, depth)];
    case 'required':
      return ['a'];
    case 'minimum':
    case 'maxLength':
    case 'minItems':
    case 'multipleOf':
      return Math.ceil(random() * 5);
    case 'pattern':
      return ['^a+$', '(', '(?=x)', '\\p{L}'][Math.floor(random() * 4)];
    case 'format':
      return ['uuid', 'date', 'color'][Math.floor(random() * 3)];
    case 'properties':
    case 'patternProperties':
    case 'dependentSchemas':
    case '$defs':
      return { a: randomSchema(random, depth), '/~': randomSchema(random, depth) };
    case 'dependentRequired':
      return { a: ['b'] };
    case 'uniqueItems':
      return random() < 0.5;
    case '$ref':
      return ['#/$defs/a', '#', '#/$defs/~1~0', 'http://127.0.0.1:1/'][Math.floor(random() * 4)];
    default:
      return randomSchema(random, depth);
  }
}

function randomValue(random: Random, depth: number): unknown {
  const kind = Math.floor(random() * (depth > 0 ? 6 : 4));
  if (kind === 0) return null;
  if (kind === 1) return Math.floor(random() * 10);
  if (kind === 2) return 'a'.repeat(Math.floor(random() * 5));
  if (kind === 3) return random() < 0.5;
  if (kind === 4) return [randomValue(random, depth - 1), randomValue(random, depth - 1)];
  return { a: randomValue(random, depth - 1), '/~': randomValue(random, depth - 1) };
}
