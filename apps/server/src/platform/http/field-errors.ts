/** Turns zod's issues into the API's field errors: a JSON Pointer, a code, a sentence. */
import type { FieldError, FieldErrorCode } from '@im/contracts/problem';
import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** @param prefix pointer of the value that was parsed: `` for a body, `/data` for a part of it */
export function fieldErrorsOf(error: z.ZodError, prefix = ''): FieldError[] {
  return error.issues.flatMap((issue) => errorsOfIssue(issue, prefix));
}

function errorsOfIssue(issue: Issue, prefix: string): FieldError[] {
  const pointer = prefix + issue.path.map(pointerSegment).join('');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: pointer + pointerSegment(key),
      code: 'unknown_field',
      message: 'is not a field of this request',
    }));
  }
  return [{ pointer, code: codeOf(issue), message: issue.message }];
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
    default:
      return 'invalid_value';
  }
}

/** RFC 6901: `~` and `/` inside a segment are escaped. */
function pointerSegment(segment: PropertyKey): string {
  return `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
