import type { SsoFailure } from '@im/contracts/api/auth';

/** Signals a refused single sign-on; the login page explains the reason. */
export class SsoRefused extends Error {
  constructor(
    readonly reason: SsoFailure,
    options?: ErrorOptions,
  ) {
    super(`Single sign-on was refused: ${reason}`, options);
    this.name = 'SsoRefused';
  }
}
