import { Injectable } from '@nestjs/common';
import type { CreateApiTokenRequest } from '@im/contracts/api/api-tokens';
import { uuidV7 } from '../../../platform/crypto/random-pool.js';
import { Clock } from '../../../platform/clock/clock.js';
import { randomToken, tokenHash } from '../../../platform/crypto/random-token.js';
import { ApiTokensRepository, type ApiTokenRow } from './data/api-tokens.repository.js';
import { actorOf, type ApiTokenIdentity, type SessionIdentity } from './domain/identity.js';
import { assertExpiry, assertScopes, invalidAt } from './token-grants.js';

type Giver = SessionIdentity | ApiTokenIdentity;

interface BoundApp {
  appId: string | null;
  appKey: string | null;
}

/** How much of a token its list shows: too little to use it, enough to recognise it. */
const SHOWN_PREFIX_LENGTH = 10;

@Injectable()
export class CreateApiTokenService {
  constructor(
    private readonly tokens: ApiTokensRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `invalid_input` at /appKey, /scopes or /expiresAt, `forbidden` */
  async create(
    identity: Giver,
    request: CreateApiTokenRequest,
  ): Promise<{ row: ApiTokenRow; token: string }> {
    const now = this.clock.now();
    const app = await this.findApp(identity, request.appKey);
    assertScopes(identity, request.scopes, app.appId !== null);
    const expiresAt = request.expiresAt === undefined ? expiryOf(identity) : new Date(request.expiresAt);
    assertExpiry(identity, expiresAt, now);
    const token = randomToken('imk_');
    const row: ApiTokenRow = {
      tokenId: uuidV7(),
      name: request.name,
      scopes: [...new Set(request.scopes)],
      appKey: app.appKey,
      prefix: token.slice(0, SHOWN_PREFIX_LENGTH),
      expiresAt,
      lastUsedAt: null,
      createdAt: now,
      createdBy: actorOf(identity),
    };
    await this.tokens.insert({
      ...row,
      tenantId: identity.tenantId,
      appId: app.appId,
      tokenHash: tokenHash(token),
      ownerEmail: identity.kind === 'session' ? identity.email : identity.ownerEmail,
    });
    return { row, token };
  }

  /** A caller that is bound to an app binds its tokens to the same one. */
  private async findApp(identity: Giver, appKey: string | undefined): Promise<BoundApp> {
    const boundTo = identity.kind === 'session' ? null : identity.appId;
    if (appKey === undefined && boundTo === null) return { appId: null, appKey: null };
    const app =
      appKey === undefined
        ? await this.tokens.findAppById(boundTo ?? '')
        : await this.tokens.findApp(identity.tenantId, appKey);
    if (!app || (boundTo !== null && app.appId !== boundTo)) {
      throw invalidAt(
        '/appKey',
        boundTo === null ? 'is not an app of yours' : 'is not the app of your token',
      );
    }
    return app;
  }
}

/** A token gives no longer than it is valid itself. */
function expiryOf(identity: Giver): Date | null {
  return identity.kind === 'session' ? null : identity.expiresAt;
}
