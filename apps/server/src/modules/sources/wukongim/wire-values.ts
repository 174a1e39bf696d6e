/** Reads values of WuKongIM's JSON, whose numbers were parsed exactly: those that a double would change are raw numbers. */
import { idSchema } from '@im/contracts/events/fields';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return hasFields(value) && !isRawNumber(value);
}

/** An id that can be stored and searched: text of 1 to 200 characters. */
export function idOf(value: unknown): string | undefined {
  const id = idSchema.safeParse(value);
  return id.success ? id.data : undefined;
}

/** The digits of a whole number, as they were written. */
export function digitsOf(value: unknown): string | undefined {
  if (typeof value !== 'number' && !isRawNumber(value)) return undefined;
  const text = JSON.stringify(value);
  return /^\d+$/.test(text) ? text : undefined;
}

/** A number that counts something; undefined when it is none, or no double can hold it. */
export function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function hasFields(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What `JSON.rawJSON` makes has no prototype; what is parsed has one. */
function isRawNumber(value: unknown): boolean {
  return hasFields(value) && Object.getPrototypeOf(value) === null;
}
