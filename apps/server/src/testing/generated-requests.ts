/** Generates requests from the route contracts: near misses, garbage, and now and then a good one. */
import { fullPathOf, pathParametersOf, type RouteContract } from '@im/contracts/routes/route';
import fc from 'fast-check';
import type { JsonSchema } from '../modules/api-docs/domain/document.js';
import { SchemaCollection } from '../modules/api-docs/json-schemas.js';

export interface GeneratedRequest {
  url: string;
  headers: Record<string, string>;
  payload: string | Buffer | undefined;
}

const TEXTS_THAT_BREAK_THINGS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\ufeff',
  '🔑'.repeat(60),
  'x'.repeat(3_000),
  "'; DROP TABLE events; --",
  '../../etc/passwd',
  '%00',
  '%zz',
  '__proto__',
  'constructor',
  'null',
  '-1',
  '1e400',
  '2026-02-30T00:00:00Z',
  '9999-12-31T23:59:59.999+00:01',
  '{{7*7}}',
  '<script>alert(1)</script>',
  'http://127.0.0.1:1/',
  'http://[::1]:99999/',
  'https://user:pass@example.com/',
  '\r\nX-Injected: 1',
];
const NUMBERS_AT_THE_EDGE = [
  0,
  -0,
  -1,
  1,
  0.5,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53,
  1e21,
  1e308,
  Number.MIN_VALUE,
];
const BROKEN_BODIES: (string | Buffer)[] = [
  '',
  '{',
  '[1,',
  '{"a":1,}',
  'null',
  '"text"',
  '12',
  '\ufeff{}',
  '{"__proto__":{"isAdmin":true}}',
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  '{"a":1,"a":2}',
  Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
  `{"x":"${'y'.repeat(300_000)}"}`,
];
const MEDIA_TYPES = [
  'application/json',
  'application/json; charset=utf-8',
  'application/json; charset=gbk',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'nonsense',
];

const nastyText = fc.constantFrom(...TEXTS_THAT_BREAK_THINGS);
const anything: fc.Arbitrary<unknown> = fc.oneof(
  nastyText,
  fc.constantFrom<unknown>(null, true, false, [], {}, ...NUMBERS_AT_THE_EDGE),
  fc.jsonValue({ maxDepth: 3 }),
);

/** One value in sixteen is something else altogether. */
const spoiled = (fitting: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 15, arbitrary: fitting }, { weight: 1, arbitrary: anything });

function textOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  const max = typeof schema.maxLength === 'number' ? schema.maxLength : 40;
  const fitting: fc.Arbitrary<string>[] = [
    fc.string({ unit: 'grapheme', maxLength: Math.min(max, 40) }),
    fc.constant('a'.repeat(Math.min(max + 1, 5_000))),
    fc.constantFrom('message.sent', 'message.*', 'https://example.com/hook', 'a@example.com', 'UTC'),
  ];
  if (schema.format === 'date-time')
    fitting.push(fc.date({ noInvalidDate: true }).map((date) => date.toISOString()));
  if (schema.format === 'uuid' || schema.format === 'guid') fitting.push(fc.uuid());
  return fc.oneof({ weight: 6, arbitrary: fc.oneof(...fitting) }, { weight: 1, arbitrary: nastyText });
}

function numberOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  const edges = [schema.minimum, schema.maximum].filter((edge) => typeof edge === 'number');
  const around = edges.flatMap((edge) => [edge - 1, edge, edge + 1]);
  return fc.oneof(fc.integer(), fc.constantFrom(...NUMBERS_AT_THE_EDGE, ...around));
}

/** Values for a schema, most of them nearly right. */
function valueOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  return spoiled(fittingOf(schema));
}

function fittingOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (Array.isArray(schema.enum)) return fc.constantFrom<unknown>(...(schema.enum as unknown[]));
  if ('const' in schema) return fc.constant(schema.const);
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices)) return fc.oneof(...(choices as JsonSchema[]).map(fittingOf));
  switch (schema.type) {
    case 'string':
      return textOf(schema);
    case 'integer':
    case 'number':
      return numberOf(schema);
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(valueOf((schema.items ?? {}) as JsonSchema), { maxLength: 4 });
    case 'object':
      return objectOf(schema);
    default:
      return anything;
  }
}

function objectOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>);
  if (properties.length === 0)
    return fc.dictionary(fc.oneof(fc.string(), nastyText), anything, { maxKeys: 3 });
  const shape = Object.fromEntries(properties.map(([name, property]) => [name, valueOf(property)]));
  const required = (schema.required ?? []) as string[];
  const whole = fc.record(shape, { requiredKeys: required.filter((name) => name in shape) });
  const lacking = fc.record(shape, { requiredKeys: [] });
  const withMore = fc.tuple(whole, fc.dictionary(nastyText, anything, { minKeys: 1, maxKeys: 2 }));
  return fc.oneof(
    { weight: 6, arbitrary: whole },
    { weight: 2, arbitrary: lacking },
    { weight: 1, arbitrary: withMore.map(([object, more]) => ({ ...object, ...more })) },
  );
}

function payloadOf(route: RouteContract): fc.Arbitrary<string | Buffer | undefined> {
  if (route.method === 'GET') return fc.constant(undefined);
  const schemas = new SchemaCollection('#/');
  const schema: JsonSchema = route.body ? schemas.add(route.body, 'input') : { const: {} };
  return fc.oneof(
    { weight: 12, arbitrary: valueOf(schema).map((value) => JSON.stringify(value ?? null)) },
    { weight: 1, arbitrary: fc.constantFrom(...BROKEN_BODIES) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}

function queryOf(route: RouteContract): fc.Arbitrary<string> {
  const schema = route.query ? new SchemaCollection('#/').add(route.query, 'input') : {};
  const properties = Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>);
  const known = properties.map(([name, property]) =>
    valueOf(property).map(
      (value) => [name, typeof value === 'string' ? value : JSON.stringify(value ?? null)] as const,
    ),
  );
  const unknown = fc.tuple(fc.oneof(nastyText, fc.constantFrom('limit', 'cursor', 'a[b]')), nastyText);
  const pair = fc.oneof(
    { weight: 10, arbitrary: unknown },
    ...known.map((arbitrary) => ({ weight: 20, arbitrary })),
  );
  return fc
    .array(pair, { maxLength: 4 })
    .map((pairs) => pairs.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&'));
}

/** As a sloppy client encodes: mostly right, sometimes as it came. */
function encoded(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return '%ud800';
  }
}

function pathOf(route: RouteContract, ids: Record<string, string>): fc.Arbitrary<string> {
  const names = pathParametersOf(route.path);
  const segments = names.map((name) =>
    fc.oneof(
      { weight: 8, arbitrary: fc.constant(encoded(ids[name] ?? '')) },
      { weight: 1, arbitrary: fc.uuid() },
      {
        weight: 1,
        arbitrary: fc.oneof(nastyText.map(encoded), fc.constantFrom('%zz', 'a%2Fb')),
      },
    ),
  );
  return fc
    .tuple(...segments)
    .map((values) =>
      names.reduce(
        (path, name, index) => path.replace(`{${name}}`, () => values[index] ?? ''),
        fullPathOf(route),
      ),
    );
}

function headersOf(route: RouteContract): fc.Arbitrary<Record<string, string>> {
  const printable = nastyText.map((text) => text.replaceAll(/[^\x20-\x7e]/g, ''));
  const optional = Object.fromEntries(
    [
      ...Object.keys(route.headers ?? {}),
      'If-Match',
      'Idempotency-Key',
      'Last-Event-ID',
      'X-Request-Id',
      'Range',
    ].map((name) => [name, fc.oneof(printable, fc.constantFrom('*', '"1"', '0-0', 'bytes=0-1'))]),
  );
  return fc.record(optional, { requiredKeys: [] }) as fc.Arbitrary<Record<string, string>>;
}

/** @param ids what the path may name, by parameter */
export function requestFor(
  route: RouteContract,
  ids: Record<string, string>,
): fc.Arbitrary<GeneratedRequest> {
  const mediaType = fc.oneof(
    { weight: 12, arbitrary: fc.constant('application/json') },
    { weight: 1, arbitrary: fc.constantFrom(...MEDIA_TYPES) },
  );
  return fc
    .tuple(pathOf(route, ids), queryOf(route), headersOf(route), payloadOf(route), mediaType)
    .map(([path, query, headers, payload, type]) => ({
      url: query === '' ? path : `${path}?${query}`,
      headers: { ...headers, ...(payload !== undefined && { 'content-type': type }) },
      payload,
    }));
}
