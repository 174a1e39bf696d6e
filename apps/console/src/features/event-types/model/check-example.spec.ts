import { describe, expect, it } from 'vitest';
import { checkExample } from './check-example.js';

const check = (schema: unknown, example: unknown) =>
  checkExample({ schema: JSON.stringify(schema), example: JSON.stringify(example) });

describe('an example', () => {
  it('that fits has no faults, formats and patterns of characters beyond 16 bits included', () => {
    const schema = {
      properties: { at: { format: 'date-time' }, name: { pattern: '^.$' }, dash: { pattern: '^\\-$' } },
    };
    const fitting = { at: '2026-11-21T08:00:00Z', name: '😀', dash: '-' };
    expect(check(schema, fitting)).toEqual({ schemaFaults: [], mismatches: [], tookTooLong: false });
    expect(check(schema, { at: 'today', name: 'ab' }).mismatches.map(({ pointer }) => pointer)).toEqual([
      '/at',
      '/name',
    ]);
  });

  it('is not checked against a schema with faults', () => {
    const { schemaFaults, mismatches } = check({ properties: { a: { requird: true, pattern: '(?=a)' } } }, 1);
    expect(schemaFaults.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/properties/a/requird', 'unknown_field'],
      ['/properties/a/pattern', 'invalid_format'],
    ]);
    expect(mismatches).toEqual([]);
  });

  it('that takes too long is not judged', () => {
    const long = Array.from({ length: 400 }, () => Array.from({ length: 400 }, () => 1));
    expect(check({ items: { items: { type: 'integer' } } }, long)).toMatchObject({ tookTooLong: true });
  });
});
