import { DomainError } from '../../../platform/errors/domain-error.js';

/** Whoever may change an operator's password, factor or role can become one: that is for operators. */
export function operatorsOnly(): DomainError {
  return new DomainError(
    'forbidden',
    'The member is an operator of this installation; only an operator may do this',
  );
}
