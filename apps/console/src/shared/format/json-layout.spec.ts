import { describe, expect, it } from 'vitest';
import { layOutJson } from './json-layout.js';

describe('layOutJson', () => {
  it.each([
    ['an object', { a: 1, b: 'two', c: [true, null, { d: 'x' }] }],
    ['what looks like structure inside text', { text: 'a{b}[c],"d": \\ "e"\n' }],
    ['a text', 'plain'],
    ['nested emptiness', { a: [[]], b: { c: {} } }],
    ['UTF-8', { 文本: '你好 👋' }],
    ['numbers', [-1.5e10, 0, 3.25]],
  ])('lays out %s as JSON.stringify does', (_, value) => {
    expect(layOutJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
  });

  it('takes what was laid out already', () => {
    const text = JSON.stringify({ a: [1, 2], b: {} }, null, '\t');
    expect(layOutJson(text)).toBe(JSON.stringify({ a: [1, 2], b: {} }, null, 2));
  });

  it('keeps every digit and every key', () => {
    const text = '{"id":1985214733290471424,"a":1,"a":1.0}';
    expect(layOutJson(text)).toBe('{\n  "id": 1985214733290471424,\n  "a": 1,\n  "a": 1.0\n}');
  });

  it.each(['', 'OK', '<html></html>', '{"a":1', "{'a':1}"])('leaves alone %j, which is not JSON', (text) => {
    expect(layOutJson(text)).toBeNull();
  });
});
