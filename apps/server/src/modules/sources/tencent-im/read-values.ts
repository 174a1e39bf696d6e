/** Reads values out of Tencent's JSON bodies; a value of another form is undefined. */

export type Body = Readonly<Record<string, unknown>>;

/** `JSON.isRawJSON`, which TypeScript's library does not describe yet: numbers that a double cannot hold. */
const { isRawJSON } = JSON as typeof JSON & { readonly isRawJSON: (value: unknown) => boolean };

/** Until 9999-12-31T23:59:59.999Z: later instants have no four-digit year. */
const MAX_INSTANT_MS = 253_402_300_799_999;

export function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isRawJSON(value);
}

/** @param path `Info.Action`: a field, or one of an object in it */
export function valueAt(body: Body, path: string): unknown {
  let value: unknown = body;
  for (const step of path.split('.')) {
    if (!isBody(value) || !Object.hasOwn(value, step)) return undefined;
    value = value[step];
  }
  return value;
}

/** An id: text, or a whole number digit by digit; empty text is none. */
export function idOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return digitsOf(value);
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A whole number, also one that is written as text; as a double only while that is exact. */
export function wholeOf(value: unknown): number | undefined {
  const digits = typeof value === 'string' && /^\d+$/.test(value) ? value : digitsOf(value);
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** An instant in ISO 8601; 0 means unknown. */
export function instantOf(value: unknown, unitMs: 1 | 1_000): string | undefined {
  return dateOf(value, unitMs)?.toISOString();
}

export function dateOf(value: unknown, unitMs: 1 | 1_000): Date | undefined {
  const number = wholeOf(value);
  if (number === undefined || number === 0) return undefined;
  const ms = number * unitMs;
  return ms > MAX_INSTANT_MS ? undefined : new Date(ms);
}

/** The objects of a list; undefined when it is none, or has something else in it. */
export function bodiesOf(value: unknown): readonly Body[] | undefined {
  return Array.isArray(value) && value.every(isBody) ? value : undefined;
}

/** The ids of a list such as `[{"Member_Account": "ann"}]`; undefined when one of them is missing. */
export function idsOf(value: unknown, name: string): string[] | undefined {
  const ids = bodiesOf(value)?.map((item) => idOf(valueAt(item, name)));
  return ids?.every((id) => id !== undefined) ? ids : undefined;
}

/** @returns undefined: it is no whole number of plain digits */
function digitsOf(value: unknown): string | undefined {
  if (typeof value !== 'number' && !isRawJSON(value)) return undefined;
  const digits = JSON.stringify(value);
  return /^\d+$/.test(digits) ? digits : undefined;
}
