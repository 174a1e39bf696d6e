import { describe, expect, it } from 'vitest';
import { FieldDescriptions } from './describe-fields.js';
import type { JsonSchema } from './document.js';

const number = { type: 'integer' };
const texts = {
  total: ['All of them.', '全部。', 1],
  'skipped.total': ['All that were skipped.', '全部跳过的。', 2],
  'Recovery.total': ['All that it covers.', '涉及的全部。', 3],
  'CreateRecovery.total': ['All that it is to cover.', '将涉及的全部。', 4],
  at: ['When it happened. null: never.', '发生时间。null 表示从未。', 'today'],
  kind: ['What it is.', '是什么。'],
} as const;

function describedBy(language: 'en' | 'zh', schemaName: string, properties: Record<string, JsonSchema>) {
  const { properties: described } = new FieldDescriptions(texts, language).describe(
    { properties },
    schemaName,
  );
  return described as Record<string, JsonSchema>;
}

describe('what describes a property', () => {
  it.each([
    ['its name, where nothing more exact fits', 'Webhook', 'All of them.'],
    ['a word of its schema', 'Recovery', 'All that it covers.'],
    ['a word anywhere in the name of its schema', 'StartRecoveryRequest', 'All that it covers.'],
    ['the longest word that fits', 'CreateRecoveryRequest', 'All that it is to cover.'],
    ['no part of a word', 'Recoverying', 'All of them.'],
  ])('is %s', (_, schemaName, description) => {
    expect(describedBy('en', schemaName, { total: number }).total?.description).toBe(description);
  });

  it('is the longest path, also through lists and unions, before any word of the schema', () => {
    const items = { properties: { total: number } };
    const skipped = { anyOf: [{ type: 'array', items }, { type: 'null' }] };
    expect(JSON.stringify(describedBy('en', 'CreateRecovery', { skipped }))).toContain(
      'All that were skipped.',
    );
  });

  it.each([
    ['en', 'string', 'When it happened.'],
    ['en', ['string', 'null'], 'When it happened. null: never.'],
    ['zh', 'string', '发生时间。'],
    ['zh', ['string', 'null'], '发生时间。null 表示从未。'],
  ] as const)('in %s of %j: %s', (language, type, description) => {
    expect(describedBy(language, 'Event', { at: { type } }).at?.description).toBe(description);
  });
});

it.each<[string, JsonSchema, unknown]>([
  ['none where neither its text nor its schema has one', { type: 'string' }, undefined],
  ['its default', { type: 'string', default: 'b', enum: ['a', 'b'] }, ['b']],
  ['the first of its values', { type: 'string', enum: ['a', 'b'] }, ['a']],
  ['a list of the first of their values', { type: 'array', items: { enum: ['a'] } }, [['a']]],
  ['that of a member', { anyOf: [{ type: 'boolean' }, { type: 'null' }] }, [true]],
  ['none of a constant', { const: 'a' }, undefined],
  ['none of an object with properties', { properties: { total: number } }, undefined],
  ['none of a reference', { $ref: '#/components/schemas/Webhook' }, undefined],
])('an example is %s', (_, schema, examples) => {
  expect(describedBy('en', 'Event', { kind: schema }).kind?.examples).toEqual(examples);
});

it('a parameter keeps the description that its route gives it', () => {
  const fields = new FieldDescriptions(texts, 'en');
  const parameter = { name: 'total', in: 'query', schema: number };
  expect(fields.describeParameter(parameter, 'Event')).toMatchObject({
    description: 'All of them.',
    example: 1,
  });
  expect(fields.describeParameter({ ...parameter, description: 'Some.' }, 'Event')).toMatchObject({
    description: 'Some.',
    example: 1,
  });
});
