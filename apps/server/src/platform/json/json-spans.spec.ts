import { describe, expect, it } from 'vitest';
import { compactJson, itemSpans, memberSpans } from './json-spans.js';

function memberText(json: string, key: string): string | undefined {
  const span = memberSpans(json).get(key);
  return span && json.slice(span.from, span.to);
}

describe('memberSpans', () => {
  it.each([
    ['a number beyond 2^53', '{"data":{"id":18446744073709551615}}', '{"id":18446744073709551615}'],
    ['white space inside and around', ' {\n "data" :\t{ "a" : 1 } , "z":2 }', '{ "a" : 1 }'],
    [
      'quotes and backslashes in strings',
      String.raw`{"x":"\\\"}","data":{"s":"a\\\"]}{"}}`,
      String.raw`{"s":"a\\\"]}{"}`,
    ],
    ['a key written with escapes', String.raw`{"d\u0061ta":{"a":1}}`, '{"a":1}'],
    ['the last of repeated keys', '{"data":{"a":1},"data":{"a":2}}', '{"a":2}'],
    ['nested arrays', '{"data":{"a":[[1,{"b":[]}],"]"]}}', '{"a":[[1,{"b":[]}],"]"]}'],
    ['an empty object', '{"data":{}}', '{}'],
  ])('keeps %s exactly', (_, json, expected) => {
    expect(memberText(json, 'data')).toBe(expected);
  });

  it('finds scalars of every kind', () => {
    const json = '{"a":true,"b":null,"c":-1.5e+10 ,"d":"x"}';
    expect(['a', 'b', 'c', 'd'].map((key) => memberText(json, key))).toEqual([
      'true',
      'null',
      '-1.5e+10',
      '"x"',
    ]);
  });

  it('finds nothing in an empty object', () => {
    expect(memberSpans('{ }').size).toBe(0);
  });
});

describe('itemSpans', () => {
  it.each([
    ['[]', []],
    ['[ ]', []],
    ['[1, "a,]" ,{"b":[2]}, [3]]', ['1', '"a,]"', '{"b":[2]}', '[3]']],
  ])('splits %s', (json, expected) => {
    expect(itemSpans(json).map((span) => json.slice(span.from, span.to))).toEqual(expected);
  });
});

describe('compactJson', () => {
  it.each([
    [' { "a" : [ 1 ,\n\t2 ] }\r\n', '{"a":[1,2]}'],
    ['{"a b":" c \\" d "}', '{"a b":" c \\" d "}'],
    ['"  "', '"  "'],
    ['{}', '{}'],
  ])('removes only blanks between the parts of %j', (json, compact) => {
    expect(compactJson(json)).toBe(compact);
  });
});
