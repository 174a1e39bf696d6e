import { describe, expect, it } from 'vitest';
import { instantSchema, nameText, pageQuerySchema } from './common.js';

describe('pageQuerySchema', () => {
  it.each<[query: Record<string, string>, expected: object]>([
    [{}, { limit: 50 }],
    [{ limit: '1' }, { limit: 1 }],
    [{ limit: '200' }, { limit: 200 }],
    [
      { limit: '20', cursor: 'abc' },
      { limit: 20, cursor: 'abc' },
    ],
  ])('reads %j', (query, expected) => {
    expect(pageQuerySchema.parse(query)).toEqual(expected);
  });

  it.each<[query: Record<string, unknown>, path: string]>([
    [{ limit: '0' }, 'limit'],
    [{ limit: '201' }, 'limit'],
    [{ limit: '-1' }, 'limit'],
    [{ limit: '1.5' }, 'limit'],
    [{ limit: 'ten' }, 'limit'],
    [{ limit: '' }, 'limit'],
    [{ limit: '1e2' }, 'limit'],
    [{ limit: ' 5' }, 'limit'],
    [{ limit: '5 ' }, 'limit'],
    [{ limit: '+5' }, 'limit'],
    [{ limit: '0x10' }, 'limit'],
    [{ limit: '5.0' }, 'limit'],
    [{ limit: '１０' }, 'limit'],
    [{ limit: '9'.repeat(400) }, 'limit'],
    [{ limit: ['1', '2'] }, 'limit'],
    [{ cursor: ['a', 'b'] }, 'cursor'],
    [{ cursor: 'x'.repeat(201) }, 'cursor'],
    [{ page: '2' }, ''],
  ])('refuses %j', (query, path) => {
    const { error } = pageQuerySchema.safeParse(query);
    expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
  });
});

describe('instantSchema', () => {
  it.each([
    '2026-11-21T08:00:00Z',
    '2026-11-21T08:00:00.123456Z',
    '2026-11-21T16:00:00+08:00',
    '1970-01-01T00:00:00Z',
  ])('takes %s', (text) => {
    expect(instantSchema.safeParse(text).success).toBe(true);
  });

  it.each([
    '2026-11-21',
    '2026-11-21T08:00:00',
    '2026-11-21 08:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-11-21T24:00:01Z',
    '0000-01-01T00:00:00Z',
    '1970-01-01T00:00:00+08:00',
    '9999-12-31T23:59:59-08:00',
    '+012026-11-21T08:00:00Z',
    'now',
    '',
  ])('refuses %j with one fault', (text) => {
    expect(instantSchema.safeParse(text).error?.issues).toHaveLength(1);
  });
});

describe('nameText', () => {
  it('trims, and refuses what is blank, too long or not storable', () => {
    const schema = nameText(5);
    expect(schema.parse('  ab ')).toBe('ab');
    for (const text of ['', '   ', 'abcdef', 'a\u0000b']) expect(schema.safeParse(text).success).toBe(false);
  });
});
