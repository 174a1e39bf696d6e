/** Converts zod's issues to the API's field errors: a JSON Pointer, a code, a sentence. */
import {
  fieldErrorCodeSchema,
  MAX_FIELD_ERRORS,
  type FieldError,
  type FieldErrorCode,
} from '@im/contracts/problem';
import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** One more than an answer names, so that it can say that there are more. */
const ENOUGH = MAX_FIELD_ERRORS + 1;

/**
 * @param prefix pointer of the value that was parsed: `` for a body, `/data` for a part of it
 * @returns at most one more than an answer names
 */
export function fieldErrorsOf(error: z.ZodError, prefix = ''): FieldError[] {
  const errors: FieldError[] = [];
  for (const issue of error.issues) {
    if (errors.length >= ENOUGH) break;
    errors.push(...errorsOfIssue(issue, prefix));
  }
  return errors.slice(0, ENOUGH);
}

function errorsOfIssue(issue: Issue, prefix: string): FieldError[] {
  const pointer = prefix + issue.path.map(pointerSegment).join('');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, ENOUGH).map((key) => ({
      pointer: pointer + pointerSegment(key),
      code: 'unknown_field',
      message: 'is not a field of this request',
    }));
  }
  return [{ pointer, code: codeOf(issue), message: messageOf(issue) }];
}

function codeOf(issue: Issue): FieldErrorCode {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'required' : 'invalid_type';
    case 'too_small':
      return 'too_small';
    case 'too_big':
      return 'too_big';
    case 'invalid_format':
      return 'invalid_format';
    case 'custom':
      return fieldErrorCodeSchema.safeParse(issue.params?.fieldCode).data ?? 'invalid_value';
    default:
      return 'invalid_value';
  }
}

/** The message continues the pointer: "/url is required". Messages of our own schemas already do. */
function messageOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is required' : `must be ${withArticle(issue.expected)}`;
    case 'too_small':
      if (!issue.message.startsWith('Too small')) return issue.message;
      return `must ${sizeOf(issue.origin)} at least ${String(issue.minimum)}${unitOf(issue.origin, Number(issue.minimum))}`;
    case 'too_big':
      if (!issue.message.startsWith('Too big')) return issue.message;
      return `must ${sizeOf(issue.origin)} at most ${String(issue.maximum)}${unitOf(issue.origin, Number(issue.maximum))}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_format':
      return issue.message.startsWith('Invalid')
        ? `is not a valid ${issue.format.replaceAll('_', ' ')}`
        : issue.message;
    default:
      return issue.message;
  }
}

/** Types as a client knows them. */
const NOUNS: Readonly<Record<string, string>> = { record: 'object', int: 'integer', array: 'list' };

function withArticle(expected: string): string {
  const noun = NOUNS[expected] ?? expected;
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

function sizeOf(origin: string): string {
  return unitOf(origin) === '' ? 'be' : 'have';
}

function unitOf(origin: string, count = 2): string {
  const unit = { string: ' character', array: ' item' }[origin];
  if (unit === undefined) return '';
  return count === 1 ? unit : `${unit}s`;
}

/** RFC 6901: `~` and `/` inside a segment are escaped. */
function pointerSegment(segment: PropertyKey): string {
  return `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
