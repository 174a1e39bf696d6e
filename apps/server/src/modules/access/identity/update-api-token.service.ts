import { Injectable } from '@nestjs/common';
import type { UpdateApiTokenRequest } from '@im/contracts/api/api-tokens';
import { Clock } from '../../../platform/clock/clock.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { ApiTokensRepository, type ApiTokenRow } from './data/api-tokens.repository.js';

/** Renames a token or moves its expiry; its scopes never change. */
@Injectable()
export class UpdateApiTokenService {
  constructor(
    private readonly tokens: ApiTokensRepository,
    private readonly clock: Clock,
  ) {}

  /** The token must exist. @throws DomainError `invalid_input` at /expiresAt */
  async update(
    row: ApiTokenRow,
    { name = row.name, expiresAt: newExpiry }: UpdateApiTokenRequest,
  ): Promise<ApiTokenRow> {
    const expiresAt = newExpiry === undefined ? row.expiresAt : newExpiry && new Date(newExpiry);
    if (newExpiry && expiresAt && expiresAt <= this.clock.now()) {
      throw DomainError.invalid({
        pointer: '/expiresAt',
        code: 'invalid_value',
        message: 'is not in the future',
      });
    }
    const change = { name, expiresAt: expiresAt || null };
    await this.tokens.update(row.tokenId, change);
    return { ...row, ...change };
  }
}
