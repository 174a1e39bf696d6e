import { describe, expect, it } from 'vitest';
import { markDifference, markForbidden, type Segment } from './marked-text.js';

/** `[…]` around what differs. */
const asText = (segments: readonly Segment[]) =>
  segments.map(({ text, isDifferent }) => (isDifferent ? `[${text}]` : text)).join('');

describe('markDifference', () => {
  it.each([
    ['abc', 'abc', 'abc'],
    ['abc', 'axc', 'a[b]c'],
    ['abc', 'ab', 'ab[c]'],
    ['ab', 'abc', 'ab[∅]'],
    ['', 'abc', '[∅]'],
    ['ak_1 ', 'ak_1', 'ak_1[␠]'],
    ['ak_1\r', 'ak_1', String.raw`ak_1[\r]`],
    ['\uFEFFak', 'ak', '[[U+FEFF]]ak'],
    ['aa', 'aaa', 'aa[∅]'],
    ['a👋b', 'a🙂b', 'a[👋]b'],
  ])('of %j where %j is expected', (text, expected, marked) => {
    expect(asText(markDifference(text, expected))).toBe(marked);
  });
});

describe('markForbidden', () => {
  it.each([
    ['00ff', '00ff'],
    ['00FFab', '00[FF]ab'],
    ['sha256=ab', '[sh]a256[=]ab'],
    ['', ''],
  ])('of %j in lower-case hex', (text, marked) => {
    expect(asText(markForbidden(text, /[0-9a-f]/))).toBe(marked);
  });
});
