/** Decides what a caller may give to an API token: never more than the caller has. */
import { TENANT_WIDE_SCOPES } from '@im/contracts/api/access-constants';
import type { ApiTokenScope } from '@im/contracts/api/api-tokens';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { scopesToGive, type ApiTokenIdentity, type SessionIdentity } from './domain/identity.js';

type Giver = SessionIdentity | ApiTokenIdentity;

/** @throws DomainError `forbidden` for a scope that the caller cannot give, `invalid_input` for one that needs no app */
export function assertScopes(giver: Giver, scopes: readonly ApiTokenScope[], isBound: boolean): void {
  const given = scopesToGive(giver);
  const beyond = scopes.filter((scope) => !given.includes(scope));
  if (beyond.length > 0) {
    throw new DomainError('forbidden', `You cannot give scopes that you do not have: ${beyond.join(', ')}`);
  }
  const index = scopes.findIndex((scope) => TENANT_WIDE_SCOPES.includes(scope));
  if (isBound && index >= 0) {
    throw invalidAt(
      `/scopes/${String(index)}`,
      'is for the whole tenant, so the token cannot be bound to an app',
    );
  }
}

/** @throws DomainError `forbidden`: the token has scopes that the caller does not have */
export function assertMayKeepAlive(giver: Giver, token: { scopes: readonly ApiTokenScope[] }): void {
  assertScopes(giver, token.scopes, false);
}

/**
 * @param expiresAt null: never
 * @throws DomainError `invalid_input` at /expiresAt: it is over, or later than that of the token that gives it
 */
export function assertExpiry(giver: Giver, expiresAt: Date | null, now: Date): void {
  if (expiresAt && expiresAt <= now) throw invalidAt('/expiresAt', 'is not in the future');
  const latest = giver.kind === 'session' ? null : giver.expiresAt;
  if (latest && (!expiresAt || expiresAt > latest)) {
    throw invalidAt('/expiresAt', `cannot be later than that of your own token, ${latest.toISOString()}`);
  }
}

export function invalidAt(pointer: string, message: string): DomainError {
  return DomainError.invalid({ pointer, code: 'invalid_value', message });
}
