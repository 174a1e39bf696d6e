import { describe, expect, it } from 'vitest';
import { findInvisibleInCode, findInvisibleInName, withoutInvisible } from './invisible-characters.js';

describe('in a secret or an address', () => {
  it.each([
    [' whsec_abc', 'begins with a space (U+0020)'],
    ['whsec_abc ', 'ends with a space (U+0020)'],
    ['whsec_abc\n', 'ends with a line feed (U+000A)'],
    ['\u00a0whsec', 'begins with a no-break space (U+00A0)'],
    ['ab\u00a0cd', 'has a no-break space (U+00A0) at character 3'],
    ['ab\u200bcd', 'has a zero width space (U+200B) at character 3'],
    ['😀\u200bcd', 'has a zero width space (U+200B) at character 2'],
    ['ab\ufeff', 'ends with a byte order mark (U+FEFF)'],
    ['\u3000ab', 'begins with an ideographic space (U+3000)'],
    ['ab\u202ecd', 'has a right-to-left override (U+202E) at character 3'],
    ['ab\u00adcd', 'has a soft hyphen (U+00AD) at character 3'],
    ['a\u0007b', 'has a control character (U+0007) at character 2'],
    ['a\ud83db', 'has half of a surrogate pair (U+D83D) at character 2'],
    ['a\u{e0001}b', 'has an invisible character (U+E0001) at character 2'],
  ])('%j %s', (text, fault) => {
    expect(findInvisibleInCode(text)).toBe(fault);
  });

  it.each(['whsec_abc', 'correct horse battery', '密钥😀', 'https://例子.example/a?b=c', ''])(
    '%j has nothing invisible',
    (text) => {
      expect(findInvisibleInCode(text)).toBeUndefined();
    },
  );
});

describe('in a name', () => {
  it.each([
    ['\u200b', 'begins with a zero width space (U+200B)'],
    ['a\u200bb', 'has a zero width space (U+200B) at character 2'],
    ['a\u200d', 'ends with a zero width joiner (U+200D)'],
    ['a\u202eb', 'has a right-to-left override (U+202E) at character 2'],
    ['a\nb', 'has a line feed (U+000A) at character 2'],
    ['\u3164', 'has nothing to see: it begins with a Hangul filler (U+3164)'],
    ['\u2800\u2800', 'has nothing to see: it begins with an invisible character (U+2800)'],
    ['\ufe0f', 'has nothing to see: it begins with an invisible character (U+FE0F)'],
    ['a\ud800b', 'has half of a surrogate pair (U+D800) at character 2'],
  ])('%j %s', (name, fault) => {
    expect(findInvisibleInName(name)).toBe(fault);
  });

  it.each(['客服回调', '家族 👨‍👩‍👧', 'می‌خواهم', '🏴󠁧󠁢󠁥󠁮󠁧󠁿 London', '❤️', 'a b', 'prix 5\u00a0€', ''])(
    '%j is read as it is',
    (name) => {
      expect(findInvisibleInName(name)).toBeUndefined();
    },
  );
});

it('what was probably meant has none of them', () => {
  expect(withoutInvisible('\ufeff whsec_\u200bab\u00a0c\n')).toBe('whsec_abc');
});
