import { describe, expect, it } from 'vitest';
import { parseExactly, withExactNumbers } from './exact-json.js';

describe('JSON parsed exactly', () => {
  it.each([
    '{"id":653247040368672768}',
    '[-0,0,-1,1.50,1E+400,1e2,0.1,12345678901234567890123]',
    '{"text":"-0 653247040368672768 1.50","nested":[{"deep":[1.0]}]}',
    '{"__proto__":9007199254740993}',
    '"just text"',
    'null',
    '653247040368672768',
  ])('prints as it was written: %s', (text) => {
    expect(JSON.stringify(parseExactly(text))).toBe(text);
  });

  it('gives ordinary values as JSON.parse does', () => {
    const text = '{"a":1,"b":[true,null,"x"],"c":{"d":-2.5},"e":9007199254740991}';
    expect(parseExactly(text)).toEqual(JSON.parse(text));
  });

  it('refuses what is no JSON', () => {
    expect(() => parseExactly('{"a":1.50,}')).toThrow(SyntaxError);
  });
});

it('puts exact numbers back where a value made of inexact ones still has numbers', () => {
  const text = '{"id":653247040368672768,"secret":653247040368672768,"list":[1.0,{"n":-0}],"gone":1.5}';
  const made = { id: 653247040368672800, secret: '***', list: [1, { n: 0 }], gone: null };
  expect(JSON.stringify(withExactNumbers(made, parseExactly(text)))).toBe(
    '{"id":653247040368672768,"secret":"***","list":[1.0,{"n":-0}],"gone":null}',
  );
});
