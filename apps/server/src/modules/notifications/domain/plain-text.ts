/** Cleans text from outside (names, hosts) for a message: one line, visible, bounded. */

// Controls and line separators, zero-width and bidirectional marks: what can break a line or show it in another order.
// eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;
const MAX_CHARACTERS = 200;

export function oneLine(text: string, maxCharacters = MAX_CHARACTERS): string {
  const characters = Array.from(text.toWellFormed().replace(INVISIBLE, ' ').replace(/\s+/g, ' ').trim());
  return characters.length > maxCharacters
    ? `${characters.slice(0, maxCharacters - 1).join('')}…`
    : characters.join('');
}

export function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}

/**
 * Keeps as many lines as a platform takes.
 *
 * @param maxBytes UTF-8, line breaks included
 * @param restText says how many lines are left out
 */
export function fitLines(
  lines: readonly string[],
  maxBytes: number,
  restText: (left: number) => string,
): string[] {
  const sizes = lines.map((line) => utf8Length(line) + 1);
  if (sizes.reduce((sum, size) => sum + size, 0) <= maxBytes) return [...lines];
  const roomForRest = utf8Length(restText(lines.length)) + 1;
  let used = roomForRest;
  const count = sizes.findIndex((size) => (used += size) > maxBytes);
  return [...lines.slice(0, count), restText(lines.length - count)];
}
