/**
 * Parses JSON so that printing it again says the same: numbers that a double would change (ids beyond 2^53, `-0`,
 * `1.50`, `1E400`) stay as they were written. Such a number is an object of `JSON.rawJSON`, which `JSON.stringify`
 * prints as its text; every other value is as from `JSON.parse`. It is for showing what was sent, not for arithmetic.
 */

/** ECMAScript's "JSON.parse source text access", which TypeScript's library does not describe yet. */
const json: typeof JSON & { rawJSON?: (text: string) => object } = JSON;

/** Text without any of these has no number that parsing would change; strings may match too, which only costs time. */
const MAY_CHANGE = /\d{16}|-0|\d[.eE]/;

/**
 * @param text valid JSON
 * @returns as `JSON.parse`, numbers exact; old browsers get what `JSON.parse` makes of them
 * @throws SyntaxError when it is not JSON
 */
export function parseExactly(text: string): unknown {
  const { rawJSON } = json;
  if (!rawJSON || !MAY_CHANGE.test(text)) return JSON.parse(text) as unknown;
  return json.parse(text, (_, value: unknown, context?: { source?: string }): unknown => {
    const source = context?.source;
    return typeof value === 'number' && source !== undefined && String(value) !== source
      ? rawJSON(source)
      : value;
  });
}

/**
 * Puts exact numbers into a value made of their inexact ones, a masked payload for example.
 *
 * @param made from the result of `JSON.parse`: its numbers are at their positions, or replaced
 * @param exact of {@link parseExactly}, for the same text
 */
export function withExactNumbers(made: unknown, exact: unknown): unknown {
  if (typeof made === 'number') return exact;
  if (typeof made !== 'object' || made === null || typeof exact !== 'object' || exact === null) return made;
  if (Array.isArray(made)) {
    return made.map((item: unknown, index) => withExactNumbers(item, (exact as unknown[])[index]));
  }
  return Object.fromEntries(
    Object.entries(made).map(([name, value]) => [
      name,
      withExactNumbers(value, (exact as Record<string, unknown>)[name]),
    ]),
  );
}
