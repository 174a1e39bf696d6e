/** Converts ajv's errors to the API's field errors: a JSON Pointer, a code, a sentence that continues the pointer. */
import type { ErrorObject } from 'ajv/dist/2020.js';
import type { FieldError, FieldErrorCode } from '@im/contracts/problem';

const TOO_SMALL = new Set([
  'minimum',
  'exclusiveMinimum',
  'minLength',
  'minItems',
  'minProperties',
  'contains',
]);
const TOO_BIG = new Set(['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties']);
const CHOICES = new Set(['anyOf', 'oneOf']);

export function fieldErrorsOfSchema(errors: readonly ErrorObject[]): FieldError[] {
  const choices = errors.filter((error) => CHOICES.has(error.keyword));
  const seen = new Set<string>();
  return errors
    .filter((error) => !isInside(error, choices))
    .map(faultOf)
    .filter(({ pointer, message }) => {
      const key = `${pointer} ${message}`;
      return seen.has(key) ? false : seen.add(key);
    });
}

/** A mismatch with one of several choices is omitted, since another one may fit. */
function isInside(error: ErrorObject, choices: readonly ErrorObject[]): boolean {
  const isRepeated = error.keyword === 'if' || error.keyword === 'propertyNames';
  return isRepeated || choices.some((choice) => error.schemaPath.startsWith(`${choice.schemaPath}/`));
}

function faultOf({ keyword, instancePath, params, message = 'does not fit' }: ErrorObject): FieldError {
  const detail = params as Record<string, unknown>;
  switch (keyword) {
    case 'required':
    case 'dependentRequired':
      return {
        pointer: below(instancePath, detail.missingProperty),
        code: 'required',
        message: 'is required',
      };
    case 'additionalProperties':
      return unknownField(below(instancePath, detail.additionalProperty));
    case 'unevaluatedProperties':
      return unknownField(below(instancePath, detail.unevaluatedProperty));
    case 'type':
      return { pointer: instancePath, code: 'invalid_type', message: `must be ${typesOf(detail.type)}` };
    case 'enum':
      return invalid(instancePath, `must be one of ${listed(detail.allowedValues)}`);
    case 'const':
      return invalid(instancePath, `must be ${shown(detail.allowedValue)}`);
    case 'pattern':
      return {
        pointer: instancePath,
        code: 'invalid_format',
        message: `must match ${shown(detail.pattern)}`,
      };
    case 'format':
      return {
        pointer: instancePath,
        code: 'invalid_format',
        message: `is not a valid ${String(detail.format)}`,
      };
    case 'anyOf':
      return invalid(instancePath, 'fits none of the forms that are allowed');
    case 'oneOf':
      return invalid(instancePath, 'must fit exactly one of the forms that are allowed');
    case 'uniqueItems':
      return invalid(instancePath, 'must not contain the same item twice');
    case 'false schema':
      return invalid(instancePath, 'must not be there');
    default:
      return { pointer: instancePath, code: sizeCodeOf(keyword), message: sentenceOf(message) };
  }
}

function sizeCodeOf(keyword: string): FieldErrorCode {
  if (TOO_SMALL.has(keyword)) return 'too_small';
  return TOO_BIG.has(keyword) ? 'too_big' : 'invalid_value';
}

/** In the style of the API's own messages. */
function sentenceOf(message: string): string {
  return message
    .replace(/^must NOT have fewer than (\S+)/, 'must have at least $1')
    .replace(/^must NOT have more than (\S+)/, 'must have at most $1')
    .replace(/^must be >= /, 'must be at least ')
    .replace(/^must be <= /, 'must be at most ')
    .replace(/^must be > /, 'must be more than ')
    .replace(/^must be < /, 'must be less than ')
    .replace(/^must NOT be valid$/, 'is not allowed');
}

function unknownField(pointer: string): FieldError {
  return { pointer, code: 'unknown_field', message: 'is not a field of this event' };
}

function invalid(pointer: string, message: string): FieldError {
  return { pointer, code: 'invalid_value', message };
}

function typesOf(type: unknown): string {
  const types = (Array.isArray(type) ? type : [type]).map(String);
  return types
    .map((each) => `${/^[aeiou]/.test(each) ? 'an' : 'a'} ${each}`.replace('a null', 'null'))
    .join(' or ');
}

const MAX_SHOWN = 200;

function listed(values: unknown): string {
  return (Array.isArray(values) ? values : []).map(shown).join(', ').slice(0, MAX_SHOWN);
}

function shown(value: unknown): string {
  return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, MAX_SHOWN);
}

function below(pointer: string, segment: unknown): string {
  return `${pointer}/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
