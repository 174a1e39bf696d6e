/**
 * Finds invisible characters that change a text: blanks at the ends, zero-width and format characters, control
 * characters, half surrogate pairs. They are often copied along from a page or a chat.
 */

/** The most common ones, by their Unicode names. */
const NAMES: Readonly<Record<number, string>> = {
  0x09: 'tab',
  0x0a: 'line feed',
  0x0d: 'carriage return',
  0x20: 'space',
  0xa0: 'no-break space',
  0xad: 'soft hyphen',
  0x200b: 'zero width space',
  0x200c: 'zero width non-joiner',
  0x200d: 'zero width joiner',
  0x200e: 'left-to-right mark',
  0x200f: 'right-to-left mark',
  0x2028: 'line separator',
  0x2029: 'paragraph separator',
  0x202a: 'left-to-right embedding',
  0x202b: 'right-to-left embedding',
  0x202c: 'pop directional formatting',
  0x202d: 'left-to-right override',
  0x202e: 'right-to-left override',
  0x2060: 'word joiner',
  0x3000: 'ideographic space',
  0x3164: 'Hangul filler',
  0xfeff: 'byte order mark',
};

/** Nothing to see, or a blank that is no space. */
const INVISIBLE = String.raw`[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]`;
const IN_CODE = new RegExp(`${INVISIBLE}|(?! )\\p{Zs}|^ | $`, 'u');
/** Joiners and selectors are parts of emoji and of several scripts, and blanks of any width separate words. */
const JOINER = String.raw`(?:\u200c|\u200d)`;
const IN_NAME = new RegExp(
  String.raw`[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?!${JOINER}|[\u{e0020}-\u{e007f}])\p{Cf}|^(?:\p{Zs}|${JOINER})|(?:\p{Zs}|${JOINER})$`,
  'u',
);
const VISIBLE = new RegExp(`(?!${INVISIBLE}|\\p{Z})[^]`, 'u');
const ALL_INVISIBLE = new RegExp(`${INVISIBLE}|(?! )\\p{Zs}`, 'gu');

/**
 * @param text a secret or an address, of which every character counts
 * @returns what is wrong, to follow the field's name: "has a zero width space (U+200B) at character 6"
 */
export function findInvisibleInCode(text: string): string | undefined {
  const match = IN_CODE.exec(text);
  return match ? placeOf(match, text) : undefined;
}

/**
 * @param text a name that people read
 * @returns as {@link findInvisibleInCode}; a name without anything to see has something wrong too
 */
export function findInvisibleInName(text: string): string | undefined {
  const match = IN_NAME.exec(text);
  if (match) return placeOf(match, text);
  if (text === '' || VISIBLE.test(text)) return undefined;
  return `has nothing to see: it begins with ${described(text)}`;
}

/** The text as it was probably meant. */
export function withoutInvisible(text: string): string {
  return text.replace(ALL_INVISIBLE, '').trim();
}

function placeOf({ 0: character, index }: RegExpExecArray, text: string): string {
  if (index === 0) return `begins with ${described(character)}`;
  if (index + character.length === text.length) return `ends with ${described(character)}`;
  return `has ${described(character)} at character ${String(Array.from(text.slice(0, index)).length + 1)}`;
}

function described(text: string): string {
  const code = text.codePointAt(0) ?? 0;
  const hex = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  if (code >= 0xd800 && code <= 0xdfff) return `half of a surrogate pair (${hex})`;
  const name = NAMES[code] ?? (code < 0x20 || code === 0x7f ? 'control character' : 'invisible character');
  return `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name} (${hex})`;
}
