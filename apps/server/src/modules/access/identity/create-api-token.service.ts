import { Injectable } from '@nestjs/common';
import type { CreateApiTokenRequest } from '@im/contracts/api/api-tokens';
import { uuidV7 } from '../../../platform/crypto/random-pool.js';
import { Clock } from '../../../platform/clock/clock.js';
import { randomToken, tokenHash } from '../../../platform/crypto/random-token.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { ApiTokensRepository, type ApiTokenRow } from './data/api-tokens.repository.js';
import { actorOf, type Identity } from './domain/identity.js';

/** How much of a token its list shows: too little to use it, enough to recognise it. */
const SHOWN_PREFIX_LENGTH = 10;

@Injectable()
export class CreateApiTokenService {
  constructor(
    private readonly tokens: ApiTokensRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `invalid_input` at /appKey or /expiresAt */
  async create(
    identity: Identity,
    request: CreateApiTokenRequest,
  ): Promise<{ row: ApiTokenRow; token: string }> {
    const now = this.clock.now();
    const expiresAt = request.expiresAt === undefined ? null : new Date(request.expiresAt);
    if (expiresAt && expiresAt <= now) throw invalidAt('/expiresAt', 'is not in the future');
    const token = randomToken('imk_');
    const row: ApiTokenRow = {
      tokenId: uuidV7(),
      name: request.name,
      scopes: [...new Set(request.scopes)],
      appKey: request.appKey ?? null,
      prefix: token.slice(0, SHOWN_PREFIX_LENGTH),
      expiresAt,
      lastUsedAt: null,
      createdAt: now,
      createdBy: actorOf(identity),
    };
    const appId = await this.findAppId(identity.tenantId, row.appKey);
    await this.tokens.insert({ ...row, tenantId: identity.tenantId, appId, tokenHash: tokenHash(token) });
    return { row, token };
  }

  private async findAppId(tenantId: string, appKey: string | null): Promise<string | null> {
    if (appKey === null) return null;
    const appId = await this.tokens.findAppId(tenantId, appKey);
    if (appId === undefined) throw invalidAt('/appKey', 'is not an app of yours');
    return appId;
  }
}

function invalidAt(pointer: string, message: string): DomainError {
  return DomainError.invalid({ pointer, code: 'invalid_value', message });
}
