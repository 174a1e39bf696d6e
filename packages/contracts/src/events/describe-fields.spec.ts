import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { field } from './define.js';
import { describeFields } from './describe-fields.js';
import { botMessageSchema } from './bot.js';

const id = z.string();

describe('describeFields', () => {
  it.each<[type: string, schema: z.ZodType]>([
    ['string', z.string().min(1)],
    ['instant', z.iso.datetime()],
    ['integer', z.int().min(0)],
    ['number', z.number()],
    ['boolean', z.boolean()],
    ['"a" | "b"', z.enum(['a', 'b'])],
    ['string[]', z.array(id).min(1)],
    ['object', z.record(z.string(), z.unknown())],
    ['JSON', z.unknown()],
    ['string', z.string().nullable()],
  ])('names the type %s', (type, schema) => {
    expect(describeFields(z.object({ value: field(schema, '值。', 'A value.') }))).toEqual([
      {
        path: 'value',
        name: 'value',
        depth: 0,
        type,
        isRequired: true,
        text: { zh: '值。', en: 'A value.' },
      },
    ]);
  });

  it('finds the text inside and outside of wrappers, and says what may be absent', () => {
    const fields = describeFields(
      z.object({
        inside: field(id, '内', 'Inside').optional(),
        outside: field(id.optional(), '外', 'Outside'),
        nullable: field(id, '空', 'Nullable').nullable(),
        defaulted: field(id, '默认', 'Defaulted').default('x'),
      }),
    );
    expect(fields.map(({ name, isRequired, text }) => [name, isRequired, text.en])).toEqual([
      ['inside', false, 'Inside'],
      ['outside', false, 'Outside'],
      ['nullable', true, 'Nullable'],
      ['defaulted', false, 'Defaulted'],
    ]);
  });

  it('lets one schema have different texts in different fields', () => {
    const fields = describeFields(z.object({ a: field(id, '甲', 'First'), b: field(id, '乙', 'Second') }));
    expect(fields.map(({ text }) => text.en)).toEqual(['First', 'Second']);
  });

  it('lists nested fields after the field that contains them', () => {
    const person = z.object({ userId: field(id, '用户', 'User') });
    const fields = describeFields(
      z.object({
        owner: field(person, '所有者', 'Owner').optional(),
        members: field(z.array(person), '成员', 'Members'),
      }),
    );
    expect(fields.map(({ path, depth, type }) => [path, depth, type])).toEqual([
      ['owner', 0, 'object'],
      ['owner.userId', 1, 'string'],
      ['members', 0, 'object[]'],
      ['members[].userId', 1, 'string'],
    ]);
  });

  it('shows the fields of a message within a payload', () => {
    const paths = describeFields(botMessageSchema).map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['botId', 'message', 'message.messageId', 'extra']));
  });

  it('fails on a field without a text, naming it', () => {
    const schema = z.object({ outer: field(z.object({ bare: id }), '外', 'Outer') });
    expect(() => describeFields(schema)).toThrow('outer.bare has no description');
  });
});
