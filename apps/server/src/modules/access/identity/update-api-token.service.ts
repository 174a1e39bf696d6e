import { Injectable } from '@nestjs/common';
import type { UpdateApiTokenRequest } from '@im/contracts/api/api-tokens';
import { Clock } from '../../../platform/clock/clock.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { ApiTokensRepository, type ApiTokenRow } from './data/api-tokens.repository.js';
import type { Identity } from './domain/identity.js';
import { RecordAuditService } from '../audit/record-audit.service.js';

/** Renames a token or moves its expiry; its scopes never change. */
@Injectable()
export class UpdateApiTokenService {
  constructor(
    private readonly tokens: ApiTokensRepository,
    private readonly audit: RecordAuditService,
    private readonly clock: Clock,
  ) {}

  /** The token must exist. @throws DomainError `invalid_input` at /expiresAt */
  async update(
    identity: Identity,
    row: ApiTokenRow,
    { name = row.name, expiresAt: newExpiry }: UpdateApiTokenRequest,
    ipAddress: string,
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
    await this.audit.record({
      identity,
      action: 'api_token.updated',
      appKey: row.appKey ?? undefined,
      targetId: row.tokenId,
      detail: { name, expiresAt: change.expiresAt?.toISOString() ?? null },
      ipAddress,
    });
    return { ...row, ...change };
  }
}
