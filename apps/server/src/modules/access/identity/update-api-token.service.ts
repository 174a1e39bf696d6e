import { Injectable } from '@nestjs/common';
import type { UpdateApiTokenRequest } from '@im/contracts/api/api-tokens';
import { Clock } from '../../../platform/clock/clock.js';
import { ApiTokensRepository, type ApiTokenRow } from './data/api-tokens.repository.js';
import type { ApiTokenIdentity, SessionIdentity } from './domain/identity.js';
import { assertExpiry, assertMayKeepAlive } from './token-grants.js';

/** Renames a token or changes its expiry; its scopes never change. */
@Injectable()
export class UpdateApiTokenService {
  constructor(
    private readonly tokens: ApiTokensRepository,
    private readonly clock: Clock,
  ) {}

  /** The token must exist. @throws DomainError `invalid_input` at /expiresAt, `forbidden` */
  async update(
    identity: SessionIdentity | ApiTokenIdentity,
    row: ApiTokenRow,
    { name = row.name, expiresAt: newExpiry }: UpdateApiTokenRequest,
  ): Promise<ApiTokenRow> {
    const expiresAt = newExpiry === undefined ? row.expiresAt : newExpiry && new Date(newExpiry);
    assertMayKeepAlive(identity, row);
    if (newExpiry !== undefined) assertExpiry(identity, expiresAt || null, this.clock.now());
    const change = { name, expiresAt: expiresAt || null };
    await this.tokens.update(row.tokenId, change);
    return { ...row, ...change };
  }
}
