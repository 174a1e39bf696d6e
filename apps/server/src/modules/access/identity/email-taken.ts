import { DomainError } from '../../../platform/errors/domain-error.js';

/** Emails are what people log in with, so one belongs to one member of one tenant. */
export function emailTaken(pointer: string): DomainError {
  return DomainError.invalid({ pointer, code: 'already_taken', message: 'belongs to a member already' });
}
