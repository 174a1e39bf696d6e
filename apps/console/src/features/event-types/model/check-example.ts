/** Checks a schema and an example as the service does, from their texts. */
import { checkSchema } from '@im/contracts/json-schema/check-schema';
import { checkValue, TooManySteps } from '@im/contracts/json-schema/check-value';
import type { Mismatch } from '@im/contracts/json-schema/plain-keywords';
import { SCHEMA_FORMAT_NAMES } from '@im/contracts/json-schema/schema-keywords';
import type { FieldError } from '@im/contracts/problem';
import { fullFormats } from 'ajv-formats/dist/formats.js';

/** Valid JSON objects both. */
export interface CheckQuestion {
  schema: string;
  example: string;
}

export interface CheckAnswer {
  /** With pointers from the root of the schema. */
  schemaFaults: FieldError[];
  /** With pointers from the root of the example; none while the schema has faults. */
  mismatches: Mismatch[];
  /** The example takes too long to check. */
  tookTooLong: boolean;
}

/** As many as the service names. */
const MAX_FAULTS = 20;
const MAX_STEPS = 100_000;
const MAX_PATTERN = 500;
/** No valid value of a format is longer. */
const MAX_FORMATTED = 2_048;
/** What an engine without backtracking cannot match: lookaround and backreferences. */
const UNSUPPORTED = /\(\?(?:[=!]|<[=!])|\\[1-9]|\\k</;

type Json = Record<string, unknown>;

export function checkExample({ schema, example }: CheckQuestion): CheckAnswer {
  const parsed = JSON.parse(schema) as Json;
  const schemaFaults = checkSchema(parsed, { patternFault, maxFaults: MAX_FAULTS });
  if (schemaFaults.length > 0) return { schemaFaults, mismatches: [], tookTooLong: false };
  try {
    const mismatches = checkValue(parsed, JSON.parse(example), { compile, formats, maxSteps: MAX_STEPS });
    return { schemaFaults, mismatches: mismatches.slice(0, MAX_FAULTS), tookTooLong: false };
  } catch (error) {
    if (!(error instanceof TooManySteps || error instanceof RangeError)) throw error;
    return { schemaFaults, mismatches: [], tookTooLong: true };
  }
}

const formats = new Map<string, (text: string) => boolean>(
  SCHEMA_FORMAT_NAMES.map((name) => {
    const fits = testOf(fullFormats[name]);
    return [name, (text: string) => text.length <= MAX_FORMATTED && fits(text)];
  }),
);

/** A format of the library is an expression, a function, or an object with one of them. */
function testOf(format: unknown): (text: string) => boolean {
  if (format instanceof RegExp) return (text) => format.test(text);
  if (typeof format === 'function') return format as (text: string) => boolean;
  return testOf((format as { validate: unknown }).validate);
}

function patternFault(pattern: string): string | undefined {
  if (pattern.length > MAX_PATTERN) return `may have ${String(MAX_PATTERN)} characters`;
  if (UNSUPPORTED.test(pattern)) return 'lookaround and backreferences are not supported';
  try {
    expressionOf(pattern);
    return undefined;
  } catch {
    return 'is not a regular expression';
  }
}

function compile(pattern: string): (text: string) => boolean {
  const expression = expressionOf(pattern);
  return (text) => expression.test(text);
}

/** The service reads characters, not UTF-16 units, and takes escapes that do nothing as they are. */
function expressionOf(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return new RegExp(pattern);
  }
}
