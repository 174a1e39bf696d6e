/** Reads values of DooTask's fields: texts in its own bodies, also numbers and flags in the JSON of other senders. */

export type Fields = Readonly<Record<string, unknown>>;

/** Ids as they may stand in a conversation's id. */
const ID = /^[\w.:-]{1,100}$/;
const SECONDS = /^\d{1,11}$/;
/** The year 9999. */
const MAX_SECONDS = 253_402_300_799;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && exactNumber(value) === null;
}

/** @returns undefined: it is empty or no plain value */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  if (typeof value === 'number') return String(value);
  return exactNumber(value) ?? undefined;
}

export function idOf(value: unknown): string | undefined {
  const text = textOf(value);
  return text !== undefined && ID.test(text) ? text : undefined;
}

/** @returns undefined: it is neither yes nor no */
export function flagOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text = textOf(value);
  if (text === '1' || text === 'true') return true;
  return text === '0' || text === 'false' ? false : undefined;
}

/** @param value Unix time in seconds */
export function instantOf(value: unknown): Date | null {
  const text = textOf(value) ?? '';
  const seconds = SECONDS.test(text) ? Number(text) : 0;
  return seconds > 0 && seconds <= MAX_SECONDS ? new Date(seconds * 1000) : null;
}

/** Leaves out fields that are undefined. */
export function present(fields: Fields): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** The digits of a number that `parseExactly` kept as it was written; such an object is frozen. */
function exactNumber(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !Object.isFrozen(value)) return null;
  const { rawJSON } = value as { rawJSON?: unknown };
  return typeof rawJSON === 'string' ? rawJSON : null;
}
