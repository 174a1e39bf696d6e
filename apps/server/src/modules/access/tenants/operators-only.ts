import { DomainError } from '../../../platform/errors/domain-error.js';

/** Refuses non-operators: changing an operator's password, factor or role would let them become one. */
export function operatorsOnly(): DomainError {
  return new DomainError(
    'forbidden',
    'The member is an operator of this installation; only an operator may do this',
  );
}
