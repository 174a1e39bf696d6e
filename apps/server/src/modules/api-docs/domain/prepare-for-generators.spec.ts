import { describe, expect, it } from 'vitest';
import { composeOpenApi } from '../compose-open-api.js';
import type { JsonSchema } from './document.js';
import { pascal, SchemaNames, withoutTraps } from './prepare-for-generators.js';

const BASE = '#/';

describe('what generators stumble over', () => {
  it.each<[string, JsonSchema, JsonSchema]>([
    ['a default that is an object', { type: 'object', default: {} }, { type: 'object' }],
    ['a default that is a list', { type: 'array', default: [] }, { type: 'array' }],
    ['a whole constant', { type: 'number', const: 202 }, { type: 'integer', const: 202 }],
    [
      'a type or null',
      { anyOf: [{ type: 'string', maxLength: 3 }, { type: 'null' }], description: 'It' },
      { type: ['string', 'null'], maxLength: 3, description: 'It' },
    ],
    [
      'a list or something else',
      { anyOf: [{ type: 'array' }, { type: 'boolean' }], title: 'V' },
      { title: 'V' },
    ],
  ])('%s is replaced', (_, schema, expected) => {
    expect(withoutTraps(schema)).toEqual(expected);
  });

  it('plain defaults stay', () => {
    expect(withoutTraps({ type: 'boolean', default: false })).toEqual({ type: 'boolean', default: false });
    expect(withoutTraps({ default: null })).toEqual({ default: null });
  });
});

describe('members of a union', () => {
  const member = (kind: string) => ({ type: 'object', properties: { kind: { const: kind } } });

  it('are named by what tells them apart, else by their number', () => {
    const named: Record<string, JsonSchema> = {};
    const names = new SchemaNames(named, BASE);
    const plain = { type: 'object', properties: { n: { type: 'integer' } } };
    expect(names.refer({ oneOf: [member('tencent-im'), plain] }, 'Source')).toEqual({ $ref: '#/Source' });
    expect(named.Source?.oneOf).toEqual([{ $ref: '#/SourceTencentIm' }, { $ref: '#/Source2' }]);
    expect(Object.keys(named).sort()).toEqual(['Source', 'Source2', 'SourceTencentIm']);
  });

  it('are named after the way to them, and never as what they are in', () => {
    const named: Record<string, JsonSchema> = {};
    const names = new SchemaNames(named, BASE);
    const nullable = { anyOf: [member('a'), { type: 'null' }] };
    names.refer({ type: 'object', properties: { inner_part: nullable } }, 'Outer');
    names.refer(nullable, 'Whole');
    expect(Object.keys(named).sort()).toEqual(['Outer', 'OuterInnerPart', 'Whole', 'WholeValue']);
  });
});

it('names are written as types', () => {
  expect(['createApp', 'tencent-im', 'a.b_c'].map(pascal)).toEqual(['CreateApp', 'TencentIm', 'ABC']);
});

it('the document has no default that is an object or list, no constant that is no integer, no unnamed body', () => {
  const faults: string[] = [];
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    const { default: standard, const: constant, type } = value as JsonSchema;
    if (path.includes('chema')) {
      if (typeof standard === 'object' && standard !== null && type !== undefined)
        faults.push(`${path}: default`);
      if (typeof constant === 'number' && type !== 'integer') faults.push(`${path}: constant`);
    }
    for (const [key, part] of Object.entries(value)) visit(part, `${path}/${key}`);
  };
  const document = composeOpenApi({ version: '0.0.0' });
  visit(document, '');
  const operations = Object.values(document.paths as Record<string, Record<string, JsonSchema>>)
    .flatMap((path) => Object.values(path))
    .filter(({ requestBody }) => requestBody);
  for (const { operationId, requestBody } of operations) {
    if (!JSON.stringify(requestBody).includes('"schema":{"$ref"'))
      faults.push(`${String(operationId)}: body`);
  }
  expect(faults).toEqual([]);
});
