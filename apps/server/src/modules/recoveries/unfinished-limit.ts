/** Bounds how many recoveries of one webhook have not ended; they run one after the other. */
import { DomainError } from '../../platform/errors/domain-error.js';

export const MAX_UNFINISHED = 10;

export function tooManyUnfinished(): DomainError {
  return new DomainError(
    'conflict',
    `The webhook has ${String(MAX_UNFINISHED)} recoveries that have not ended; cancel one first`,
  );
}
