/** Splits a text into what agrees with another one and what does not, with invisible characters made visible. */

export interface Segment {
  text: string;
  isDifferent: boolean;
}

/** As shown: few fonts have the symbols of control characters. */
const INVISIBLE: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\0': '\\0',
  '\uFEFF': '[U+FEFF]',
  '\u00A0': '[U+00A0]',
  '\u200B': '[U+200B]',
};

/** Marks what stands between the common beginning and the common end; a missing part is marked by ∅. */
export function markDifference(text: string, expected: string): Segment[] {
  if (text === expected) return segments([[text, false]]);
  const own = Array.from(text);
  const other = Array.from(expected);
  const shortest = Math.min(own.length, other.length);
  let start = 0;
  while (start < shortest && own[start] === other[start]) start += 1;
  let end = 0;
  while (end < shortest - start && own.at(-1 - end) === other.at(-1 - end)) end += 1;
  const middle = own.slice(start, own.length - end).join('');
  return segments([
    [own.slice(0, start).join(''), false],
    [middle === '' ? '∅' : middle, true],
    [own.slice(own.length - end).join(''), false],
  ]);
}

/** Marks the characters that a form does not allow. */
export function markForbidden(text: string, allowed: RegExp): Segment[] {
  const pairs: [string, boolean][] = [];
  for (const character of text) {
    const isDifferent = !allowed.test(character);
    const last = pairs.at(-1);
    if (last?.[1] === isDifferent) last[0] += character;
    else pairs.push([character, isDifferent]);
  }
  return segments(pairs);
}

/** Blanks at the ends are shown too: they are what nobody sees. */
function segments(pairs: readonly (readonly [text: string, isDifferent: boolean])[]): Segment[] {
  return pairs
    .filter(([text]) => text !== '')
    .map(([text, isDifferent]) => ({ text: visible(text, isDifferent), isDifferent }));
}

function visible(text: string, isDifferent: boolean): string {
  const shown = Array.from(text)
    .map((character) => INVISIBLE[character] ?? character)
    .join('');
  return isDifferent ? shown.replaceAll(' ', '␠') : shown;
}
