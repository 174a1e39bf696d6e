import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { ApiTokensRepository } from './data/api-tokens.repository.js';
import type { Identity } from './domain/identity.js';
import { RecordAuditService } from '../audit/record-audit.service.js';

@Injectable()
export class RevokeApiTokenService {
  constructor(
    private readonly tokens: ApiTokensRepository,
    private readonly audit: RecordAuditService,
  ) {}

  /** Revokes an API token, with effect from its next request. @throws DomainError `not_found` */
  async revoke(identity: Identity, tokenId: string, ipAddress: string): Promise<void> {
    const name = await this.tokens.remove(identity.tenantId, tokenId);
    if (name === undefined) throw DomainError.notFound('API token');
    await this.audit.record({
      identity,
      action: 'api_token.revoked',
      targetId: tokenId,
      detail: { name },
      ipAddress,
    });
  }
}
