/** Checks values against untrusted JSON Schemas (draft 2020-12) without crashes, hangs or requests. */
import { Ajv2020, type Options, type ValidateFunction } from 'ajv/dist/2020.js';
import { checkSchema } from '@im/contracts/json-schema/check-schema';
import { MAX_FIELD_ERRORS, type FieldError } from '@im/contracts/problem';
import {
  CheckBudget,
  CheckTooLong,
  refuseLongMatch,
  refuseToGoOn,
  takeSteps,
  withWeights,
} from './check-budget.js';
import { compilePattern, patternFault } from './linear-pattern.js';
import { SCHEMA_FORMATS } from './schema-formats.js';
import { fieldErrorsOfSchema } from './schema-faults.js';

/**
 * Characters of schema times those of the value; beyond it only the first fault is reported, as there may be very many.
 */
const MAX_FOR_ALL_FAULTS = 2_000_000;
/** One more than an answer names, so that it can say that there are more. */
const MAX_FAULTS = MAX_FIELD_ERRORS + 1;
/** The limit of errors of ajv that are read. */
const MAX_ERRORS = 5_000;

type Json = Record<string, unknown>;

export interface CompiledSchema {
  /**
   * @param size characters of the value as JSON
   * @param budget when other checks share it
   * @returns the mismatches, with pointers from the value's root; empty when it fits
   */
  check: (value: unknown, size: number, budget?: CheckBudget) => FieldError[];
  /** The same; undefined when it would exceed the budget. */
  tryCheck: (value: unknown, size: number, budget: CheckBudget) => FieldError[] | undefined;
}

/** Shared, so that the meta schema is compiled once. */
const meta = new Ajv2020({ strict: false, logger: false, validateFormats: false });

/** @returns what is wrong with the schema, with pointers from its root; empty when it can be compiled */
export function findSchemaFaults(schema: Json): FieldError[] {
  const faults = checkSchema(schema, { patternFault, maxFaults: MAX_FAULTS });
  if (faults.length > 0) return faults;
  if (meta.validateSchema(schema) !== true) return fieldErrorsOfSchema(meta.errors ?? []).slice(0, 1);
  try {
    compileAjv(schema, false);
    return [];
  } catch (error) {
    const message = `cannot be used: ${error instanceof Error ? error.message : String(error)}`;
    return [{ pointer: '', code: 'invalid_value', message }];
  }
}

/** @param schema one without faults, see {@link findSchemaFaults} */
export function compileSchema(schema: Json): CompiledSchema {
  const fits = compileAjv(schema, false);
  const characters = JSON.stringify(schema).length;
  let listsFaults: ValidateFunction | undefined;
  const tryCheck: CompiledSchema['tryCheck'] = (value, size, budget) => {
    const first = run(fits, value, budget);
    if (!first || first.length === 0 || characters * size > MAX_FOR_ALL_FAULTS) return first;
    listsFaults ??= compileAjv(schema, true);
    return run(listsFaults, value, budget) ?? first;
  };
  return {
    tryCheck,
    check: (value, size, budget = new CheckBudget()) => tryCheck(value, size, budget) ?? [tooLong(budget)],
  };
}

/** @returns undefined when it takes too long */
function run(validate: ValidateFunction, value: unknown, budget: CheckBudget): FieldError[] | undefined {
  try {
    if (budget.run(() => validate(value))) return [];
  } catch (error) {
    // Too deep for the stack, or too long: the value cannot be checked.
    if (!(error instanceof CheckTooLong || error instanceof RangeError)) throw error;
    return undefined;
  }
  // The decisive one comes last.
  const errors = (validate.errors ?? []).slice(-MAX_ERRORS);
  // ajv keeps them until the next check, and there may be very many.
  validate.errors = null;
  return fieldErrorsOfSchema(errors).slice(0, MAX_FAULTS);
}

function tooLong(budget: CheckBudget): FieldError {
  const message = budget.isSpent
    ? 'and the events sent with it take too long to check against their schemas: send fewer at once'
    : 'takes too long to check against the schema';
  return { pointer: '', code: 'too_large', message };
}

/** A separate instance for each schema: ajv keeps everything that it compiled. */
function compileAjv({ $id: _id, $schema: _draft, ...schema }: Json, allErrors: boolean): ValidateFunction {
  const ajv = new Ajv2020({ ...OPTIONS, allErrors });
  for (const [name, format] of SCHEMA_FORMATS) ajv.addFormat(name, format);
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword({ keyword: 'uniqueItems', type: 'array', schemaType: 'boolean', validate: hasUniqueItems });
  return ajv.compile(withWeights(schema));
}

const OPTIONS: Options = {
  // The schema was checked by checkSchema and against the meta schema.
  strict: false,
  meta: false,
  validateSchema: false,
  logger: false,
  // Definitions are compiled once, for any number of references.
  inlineRefs: false,
  $comment: takeSteps,
  // Inherited properties are not part of the event.
  ownProperties: true,
  code: {
    regExp: Object.assign(
      (pattern: string) => {
        const linear = compilePattern(pattern);
        return {
          test: (text: string) => {
            refuseLongMatch(text.length * linear.size);
            return linear.test(text);
          },
          toString: () => linear.toString(),
        };
      },
      // Only for code that is written to files.
      { code: 'compilePattern' },
    ),
  },
};

/** ajv compares each item with each other; here each is looked up. */
function hasUniqueItems(isWanted: boolean, items: unknown[]): boolean {
  if (!isWanted) return true;
  const seen = new Set<string>();
  for (const item of items) {
    refuseToGoOn();
    const key = canonicalJson(item);
    if (seen.has(key)) return false;
    seen.add(key);
  }
  return true;
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}
