/** Checks a value against the keywords of a schema that contain no schemas. */
import type { FieldErrorCode } from '../problem.js';
import { pointerBelow } from './schema-pointers.js';

export type Json = Record<string, unknown>;

/** Keywords that a value may not fulfil; `false`: nothing may be there, `unknown`: no field of that name. */
export type MismatchKeyword =
  | keyof typeof TESTS
  | 'required'
  | 'unknown'
  | 'false'
  | 'anyOf'
  | 'oneOf'
  | 'not'
  | 'contains'
  | 'propertyNames';

/** What a value does not fulfil. */
export interface Mismatch {
  /** JSON Pointer from the value's root. */
  pointer: string;
  code: FieldErrorCode;
  keyword: MismatchKeyword;
  /** What the keyword asks for. */
  expected: string;
}

export interface ValueTools {
  /** Makes a test of a pattern. */
  compile: (pattern: string) => (text: string) => boolean;
  /** Tests of the values of `format`, by its name. */
  formats: ReadonlyMap<string, (text: string) => boolean>;
  /** Schemas that may be applied to values before the check gives up. */
  maxSteps: number;
}

const MAX_EXPECTED = 200;
/** Compiled once for each set of tools. */
const compiled = new WeakMap<ValueTools, Map<string, (text: string) => boolean>>();

export function patternOf(pattern: string, tools: ValueTools): (text: string) => boolean {
  const known = compiled.get(tools) ?? new Map<string, (text: string) => boolean>();
  compiled.set(tools, known);
  const test = known.get(pattern) ?? tools.compile(pattern);
  known.set(pattern, test);
  return test;
}

type Test = (asked: unknown, value: unknown, tools: ValueTools) => boolean;
const onText = (test: (asked: unknown, text: string, tools: ValueTools) => boolean): Test => {
  return (asked, value, tools) => typeof value !== 'string' || test(asked, value, tools);
};
const onNumber = (test: (asked: number, value: number) => boolean): Test => {
  return (asked, value) => typeof value !== 'number' || typeof asked !== 'number' || test(asked, value);
};
const onSize = (
  size: (value: unknown) => number | undefined,
  fits: (size: number, asked: number) => boolean,
) => {
  const test: Test = (asked, value) => {
    const found = size(value);
    return found === undefined || typeof asked !== 'number' || fits(found, asked);
  };
  return test;
};
const lengthOf = (value: unknown) => (typeof value === 'string' ? Array.from(value).length : undefined);
const itemsOf = (value: unknown) => (Array.isArray(value) ? value.length : undefined);
const propertiesOf = (value: unknown) => (isObject(value) ? Object.keys(value).length : undefined);
const isLeast = (one: number, other: number) => one >= other;
const isMost = (one: number, other: number) => one <= other;

const TESTS = {
  type: { code: 'invalid_type', fits: (asked, value) => listed(asked).some((type) => isOfType(value, type)) },
  enum: {
    code: 'invalid_value',
    fits: (asked, value) => !Array.isArray(asked) || asked.some((each) => isSame(each, value)),
  },
  const: { code: 'invalid_value', fits: (asked, value) => isSame(asked, value) },
  minimum: { code: 'too_small', fits: onNumber((asked, value) => value >= asked) },
  exclusiveMinimum: { code: 'too_small', fits: onNumber((asked, value) => value > asked) },
  maximum: { code: 'too_big', fits: onNumber((asked, value) => value <= asked) },
  exclusiveMaximum: { code: 'too_big', fits: onNumber((asked, value) => value < asked) },
  multipleOf: { code: 'invalid_value', fits: onNumber((asked, value) => Number.isInteger(value / asked)) },
  minLength: { code: 'too_small', fits: onSize(lengthOf, isLeast) },
  maxLength: { code: 'too_big', fits: onSize(lengthOf, isMost) },
  minItems: { code: 'too_small', fits: onSize(itemsOf, isLeast) },
  maxItems: { code: 'too_big', fits: onSize(itemsOf, isMost) },
  minProperties: { code: 'too_small', fits: onSize(propertiesOf, isLeast) },
  maxProperties: { code: 'too_big', fits: onSize(propertiesOf, isMost) },
  uniqueItems: {
    code: 'invalid_value',
    fits: (asked, value) =>
      asked !== true || !Array.isArray(value) || new Set(value.map(canonical)).size === value.length,
  },
  pattern: {
    code: 'invalid_format',
    fits: onText((asked, text, tools) => typeof asked !== 'string' || patternOf(asked, tools)(text)),
  },
  format: {
    code: 'invalid_format',
    fits: onText((asked, text, tools) => tools.formats.get(String(asked))?.(text) ?? true),
  },
} as const satisfies Record<string, { code: FieldErrorCode; fits: Test }>;

export function plainMismatches(schema: Json, value: unknown, at: string, tools: ValueTools): Mismatch[] {
  const found: Mismatch[] = [];
  for (const [keyword, asked] of Object.entries(schema)) {
    if (!isTested(keyword)) continue;
    const { code, fits } = TESTS[keyword];
    if (!fits(asked, value, tools)) found.push({ pointer: at, code, keyword, expected: shown(asked) });
  }
  if (!isObject(value)) return found;
  const missing = (name: string): Mismatch => {
    return { pointer: pointerBelow(at, name), code: 'required', keyword: 'required', expected: '' };
  };
  const required = listed(schema.required).filter((name) => !Object.hasOwn(value, name));
  const dependent = Object.entries(isObject(schema.dependentRequired) ? schema.dependentRequired : {})
    .filter(([name]) => Object.hasOwn(value, name))
    .flatMap(([, names]) => listed(names).filter((name) => !Object.hasOwn(value, name)));
  return [...found, ...[...new Set([...required, ...dependent])].map(missing)];
}

function isTested(keyword: string): keyword is keyof typeof TESTS {
  return Object.hasOwn(TESTS, keyword);
}

function isOfType(value: unknown, type: string): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

function listed(value: unknown): string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

function shown(asked: unknown): string {
  const text = Array.isArray(asked) ? asked.map(shown).join(', ') : undefined;
  return (text ?? (typeof asked === 'string' ? asked : JSON.stringify(asked))).slice(0, MAX_EXPECTED);
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || (typeof one === 'object' && canonical(one) === canonical(other));
}

/** The same text for values that differ in the order of their properties only. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    isObject(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
