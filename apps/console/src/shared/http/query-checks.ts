/**
 * Checks values of an address like the API checks its queries; without the API's schemas, which would bring zod along.
 */
import { findInvisibleInName } from '@im/contracts/invisible-characters';

type Check = (text: string) => boolean;
type ChoiceCheck<Value extends string> = (text: string) => text is Value;

/** The checked values; `''` for refused ones. */
export type Checked<Checks> = {
  [Name in keyof Checks]: Checks[Name] extends ChoiceCheck<infer Value> ? Value | '' : string;
};

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const INSTANT = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const WHOLE_NUMBER = /^-?\d{1,15}$/;
const MAX_TEXT_LENGTH = 200;

/** Blanks what the API would refuse. */
export function keepValid<Checks extends Record<string, Check>>(
  checks: Checks,
  values: Readonly<Record<keyof Checks, string>>,
): Checked<Checks> {
  return Object.fromEntries(
    Object.entries(checks).map(([name, isValid]) => [name, isValid(values[name] ?? '') ? values[name] : '']),
  ) as Checked<Checks>;
}

export function oneOf<Value extends string>(choices: readonly Value[]): ChoiceCheck<Value> {
  return (text): text is Value => choices.some((choice) => choice === text);
}

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** An instant with an offset or `Z`, of the years 1970 to 9999. */
export function isInstant(text: string): boolean {
  const date = INSTANT.exec(text)?.[1];
  if (date === undefined) return false;
  // A day that its month does not have becomes one of the next month.
  const midnight = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(date)) return false;
  const year = new Date(text).getUTCFullYear();
  return year >= 1970 && year <= 9999;
}

export function isWholeNumber(min: number, max: number): Check {
  return (text) => WHOLE_NUMBER.test(text) && Number(text) >= min && Number(text) <= max;
}

/** An id of another system, as it was received. */
export function isText(text: string): boolean {
  return text !== '' && isStorable(text);
}

/** A text that a person types to search. */
export function isSearch(text: string): boolean {
  const trimmed = text.trim();
  return isStorable(text) && trimmed !== '' && findInvisibleInName(trimmed) === undefined;
}

function isStorable(text: string): boolean {
  return text.length <= MAX_TEXT_LENGTH && !text.includes('\u0000') && text.isWellFormed();
}
