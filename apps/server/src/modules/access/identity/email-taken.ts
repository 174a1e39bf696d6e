import { DomainError } from '../../../platform/errors/domain-error.js';

/** Makes the error for an email in use: people log in by email, so it is unique across tenants. */
export function emailTaken(pointer: string): DomainError {
  return DomainError.invalid({ pointer, code: 'already_taken', message: 'belongs to a member already' });
}
