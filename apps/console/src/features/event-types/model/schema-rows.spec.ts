import { expect, it } from 'vitest';
import { schemaRows, type Json } from './schema-rows.js';

const rowsOf = (schema: Json) =>
  schemaRows(schema).map(({ path, type, isRequired, limits }) => [
    `${'  '.repeat(path.split('.').length - 1)}${path}${isRequired ? '' : '?'}`,
    type,
    limits.map(({ kind, value }) => `${kind} ${value}`.trim()).join('; '),
  ]);

it('lists fields with those inside, types, and limits', () => {
  expect(
    rowsOf({
      type: 'object',
      required: ['id', 'buyer'],
      properties: {
        id: { type: 'string', minLength: 1, maxLength: 20 },
        amount: { type: 'number', exclusiveMinimum: 0, multipleOf: 0.5 },
        state: { enum: ['new', 'paid'] },
        paidAt: { type: ['string', 'null'], format: 'date-time', pattern: '^\\d' },
        buyer: { $ref: '#/$defs/person' },
        items: {
          type: 'array',
          minItems: 1,
          items: { type: 'object', properties: { sku: { pattern: '^s' } } },
        },
        tags: { type: 'array', uniqueItems: true, items: { type: 'string', maxLength: 5 } },
        extra: {},
      },
      $defs: { person: { type: 'object', properties: { userId: { const: 1 } } } },
    }),
  ).toEqual([
    ['id', 'string', 'length 1 – 20'],
    ['amount?', 'number', 'range > 0; multipleOf 0.5'],
    ['state?', 'string', 'choices "new", "paid"'],
    ['paidAt?', 'string | null', 'format date-time'],
    ['buyer', 'object', ''],
    ['  buyer.userId?', 'number', 'choices 1'],
    ['items?', 'object[]', 'items ≥ 1'],
    ['  items[].sku?', 'any', 'pattern ^s'],
    ['tags?', 'string[]', 'unique; length ≤ 5'],
    ['extra?', 'any', ''],
  ]);
});

it('takes the words of each language from where they are', () => {
  const properties = {
    both: { description: 'Who', 'x-description-zh': '谁' },
    one: { description: '金额' },
    named: { $ref: '#/$defs/a', description: 'Beside it' },
    none: { title: 'Titled' },
  };
  const rows = schemaRows({ properties, $defs: { a: { description: 'Of the definition', type: 'string' } } });
  expect(rows.map(({ description }) => description)).toEqual([
    { zh: '谁', en: 'Who' },
    { zh: '金额', en: '金额' },
    { zh: 'Beside it', en: 'Beside it' },
    { zh: 'Titled', en: 'Titled' },
  ]);
});

it('ends where a definition leads to itself, which the service refuses', () => {
  const person = { type: 'object', properties: { friend: { $ref: '#/$defs/person' } } };
  expect(schemaRows({ ...person, $defs: { person } }).length).toBeLessThan(50);
});
