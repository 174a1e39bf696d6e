/** Splits a text into equal and differing segments, and replaces invisible characters by visible ones. */

export interface Segment {
  text: string;
  isDifferent: boolean;
}

/** Written as escapes: few fonts have symbols for control characters. */
const INVISIBLE: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\0': '\\0',
  '\uFEFF': '[U+FEFF]',
  '\u00A0': '[U+00A0]',
  '\u200B': '[U+200B]',
};

/** Marks the part between the common prefix and the common suffix; `∅` stands for a missing part. */
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

/** Marks each character that the pattern does not allow. */
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

/** Drops empty segments, and makes spaces visible where they differ. */
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
