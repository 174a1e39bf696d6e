import type { SsoFailure } from '@im/contracts/api/auth';

/** Single sign-on brought nobody in; the login page says why in words. */
export class SsoRefused extends Error {
  constructor(
    readonly reason: SsoFailure,
    options?: ErrorOptions,
  ) {
    super(`Single sign-on was refused: ${reason}`, options);
    this.name = 'SsoRefused';
  }
}
