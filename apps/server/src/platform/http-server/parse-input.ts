import { MAX_FIELD_ERRORS, type FieldError } from '@im/contracts/problem';
import type { z } from 'zod';
import { DomainError } from '../errors/domain-error.js';
import { fieldErrorsOf } from './field-errors.js';

/** @throws DomainError `invalid_input` with a pointer for each fault that an answer names */
export function parseBody<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const result = schema.safeParse(body ?? {}, { reportInput: true });
  if (result.success) return result.data;
  throw invalidInput(fieldErrorsOf(result.error));
}

/** @throws DomainError `invalid_input`; pointers read `?limit` */
export function parseQuery<T extends z.ZodType>(schema: T, query: unknown): z.output<T> {
  const result = schema.safeParse(query, { reportInput: true });
  if (result.success) return result.data;
  throw invalidInput(
    fieldErrorsOf(result.error).map((error) => ({ ...error, pointer: `?${error.pointer.slice(1)}` })),
  );
}

export function invalidInput(errors: FieldError[]): DomainError {
  const [first] = errors;
  const others = Math.min(errors.length, MAX_FIELD_ERRORS) - 1;
  const more = errors.length > MAX_FIELD_ERRORS ? 'more' : `${String(others)} more`;
  const rest = others > 0 ? ` (and ${more})` : '';
  return new DomainError(
    'invalid_input',
    first ? `${first.pointer || 'The request'} ${first.message}${rest}` : 'Invalid input',
    {
      errors,
    },
  );
}
