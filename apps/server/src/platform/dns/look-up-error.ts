/** Defines why a host name has no addresses now. */
import { NotSentError } from '../limits/not-sent-error.js';

/**
 * The look-up failed: the answer is negative, or none came.
 *
 * `ENOTFOUND`: it does not exist or has no address. `EAI_AGAIN`: the name servers failed (SERVFAIL, REFUSED) or cannot
 * be reached. `ETIMEOUT`: they did not answer.
 */
export class LookUpError extends Error {
  constructor(
    readonly hostname: string,
    readonly code: 'ENOTFOUND' | 'EAI_AGAIN' | 'ETIMEOUT',
  ) {
    super(`${hostname}: ${REASONS[code]} (${code})`);
    this.name = 'LookUpError';
  }
}

const REASONS = {
  ENOTFOUND: 'there is no such host name, or it has no address',
  EAI_AGAIN: 'the name servers failed',
  ETIMEOUT: 'the name servers did not answer',
};

/** The name was not looked up because this process is at its limit; no fault of the peer. */
export class LookUpCapacityError extends NotSentError {
  constructor(readonly hostname: string) {
    super(`${hostname} was not looked up: too many other host names are being looked up; nothing was sent`);
  }
}
