import { describe, expect, it } from 'vitest';
import { faultyNames, freeFieldName, newField, readDraft, withType, writeSchema } from './schema-draft.js';
import type { Json } from './schema-rows.js';

function draftOf(schema: Json) {
  const draft = readDraft(schema, 'zh');
  if (!draft) throw new Error('It cannot be edited as a tree');
  return draft;
}

describe('a schema', () => {
  it.each<[string, Json]>([
    [
      'with plain fields',
      { type: 'object', properties: { a: { type: 'string', minLength: 1 } }, required: ['a'] },
    ],
    [
      'with fields in fields',
      {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        type: 'object',
        properties: {
          a: {
            type: 'object',
            properties: { b: { type: 'object', properties: {} } },
            additionalProperties: false,
          },
          c: {
            type: 'array',
            maxItems: 3,
            items: { type: 'object', properties: { d: {} }, required: ['d'] },
          },
          e: { type: 'array', items: { type: 'string', maxLength: 5 }, uniqueItems: true },
        },
        required: ['c'],
        additionalProperties: {},
      },
    ],
    [
      'with what a tree does not know',
      {
        type: 'object',
        properties: {
          a: { anyOf: [{ type: 'string' }, { type: 'null' }], description: 'x' },
          b: { type: ['string', 'null'] },
          c: { type: 'array', items: { type: 'array', items: {} } },
          d: { type: 'array', prefixItems: [{}] },
          e: { $ref: '#/$defs/x' },
          f: true,
          g: false,
          h: { enum: [1, 2] },
        },
        required: ['undescribed', 'a'],
        $defs: { x: { type: 'string' } },
        oneOf: [{ required: ['a'] }, { required: ['b'] }],
      },
    ],
    [
      'with words in both languages',
      {
        type: 'object',
        properties: { a: { type: 'integer', description: 'Who', 'x-description-zh': '谁' } },
      },
    ],
  ])('%s is the same after it was read as a tree', (_, schema) => {
    const written = writeSchema(draftOf(schema));
    const sorted = (names: unknown) => (Array.isArray(names) ? [...(names as string[])].sort() : names);
    expect({ ...written, required: sorted(written.required) }).toEqual({
      ...schema,
      required: sorted(schema.required),
    });
  });

  it.each<Json>([
    { type: 'array' },
    { $ref: '#/$defs/x' },
    { type: 'object', properties: [] },
    { required: 'a' },
  ])('%j cannot be edited as a tree', (schema) => {
    expect(readDraft(schema, 'zh')).toBeNull();
  });

  it('has the words that a person of either language edits', () => {
    const field = { type: 'string', description: 'Who', 'x-description-zh': '谁' };
    const schema = { properties: { field, plain: { description: 'Only one' } } };
    for (const [locale, words] of [
      ['zh', '谁'],
      ['en', 'Who'],
    ] as const) {
      const draft = readDraft(schema, locale);
      expect(draft?.fields.map(({ description }) => description)).toEqual([words, 'Only one']);
      const changed = draft!.fields.map((each) => ({ ...each, description: 'New' }));
      expect(writeSchema({ ...draft!, fields: changed }).properties).toMatchObject({
        field: { [locale === 'zh' ? 'x-description-zh' : 'description']: 'New' },
        plain: { description: 'New' },
      });
    }
  });
});

describe('fields', () => {
  it('lose the limits of another type, and keep nested fields while the type can have them', () => {
    const [field] = draftOf({
      properties: { a: { type: 'object', properties: { b: {} }, minProperties: 1 } },
    }).fields;
    const list = withType(field!, 'object[]');
    expect(list).toMatchObject({ type: 'object[]', rest: {}, fields: [{ name: 'b' }] });
    expect(withType(list, 'string').fields).toEqual([]);
  });

  it('without a name, or with that of another one, are found at every level', () => {
    const inside = [newField('x'), newField('x')];
    const fields = [newField('a'), { ...newField('b'), fields: inside }, newField('a'), newField('')];
    expect([...faultyNames(fields)].sort()).toEqual([inside[1]!.id, fields[2]!.id, fields[3]!.id].sort());
    expect(freeFieldName([newField('field'), newField('field2')])).toBe('field3');
  });
});
