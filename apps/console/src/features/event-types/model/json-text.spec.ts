import { describe, expect, it } from 'vitest';
import { lineAt, readJson } from './json-text.js';

describe('JSON text', () => {
  it.each<[string, string, number, number]>([
    ['', 'unexpectedEnd', 1, 1],
    ['{\n  "a": 1\n', 'unexpectedEnd', 3, 1],
    ['{"a": }', 'unexpected', 1, 7],
    ['{"a": undefined}', 'unexpected', 1, 7],
    ['{"a": 01}', 'unexpected', 1, 7],
    ["{'a': 1}", 'missingName', 1, 2],
    ['{\n  "a": 1\n  "b": 2\n}', 'missingComma', 3, 3],
    ['{"a" 1}', 'missingColon', 1, 6],
    ['{"a": 1,\n}', 'trailingComma', 1, 8],
    ['[1, 2,]', 'trailingComma', 1, 6],
    ['{"a": "x\n"}', 'badText', 1, 7],
    ['{"a": "\\q"}', 'badText', 1, 7],
    ['{"a": 1,\n "a": 2}', 'duplicateName', 2, 2],
    ['{} x', 'afterEnd', 1, 4],
    ['['.repeat(300), 'tooDeep', 1, 202],
  ])('%j has the fault %s in line %i, column %i', (text, kind, line, column) => {
    expect(readJson(text).fault).toMatchObject({ kind, line, column });
  });

  it.each(['{}', ' [1, -2.5e3, "x\\u0041\\n", true, null, {"a/b": []}] ', '"text"', '0'])(
    '%j has none',
    (text) => {
      expect(readJson(text).fault).toBeNull();
      expect(() => JSON.parse(text) as unknown).not.toThrow();
    },
  );

  it('has each value in a line, and what is missing in that of the value around it', () => {
    const { lines } = readJson('{\n "a": {\n  "b/c": [1,\n   2]\n },\n "d": 3\n}');
    const at = (pointer: string) => lineAt(lines, pointer);
    expect(['', '/a', '/a/b~1c', '/a/b~1c/1', '/a/b~1c/7/x', '/a/gone', '/d', '/gone'].map(at)).toEqual([
      1, 2, 3, 4, 3, 2, 6, 1,
    ]);
  });
});
