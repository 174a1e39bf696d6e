import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { tokenHash } from '../../../platform/crypto/random-token.js';
import { ConfigCache } from '../../../platform/database/config-cache.js';
import { ConfigVersion } from '../../../platform/database/config-version.js';
import { Logger } from '../../../platform/logging/logger.js';
import { ApiTokensRepository, type LiveApiToken } from './data/api-tokens.repository.js';
import type { ApiTokenIdentity, Identity } from './domain/identity.js';
import { isUseToBeNoted } from './domain/session-lifetime.js';
import { tenantSuspended } from '../tenants/tenant-suspended.js';

/** Finds the identity of an API token, cached until tokens or apps change. */
@Injectable()
export class ResolveApiTokenService {
  /** By the hash, in hexadecimal. */
  private readonly known: ConfigCache<LiveApiToken>;

  constructor(
    private readonly tokens: ApiTokensRepository,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly version: ConfigVersion,
  ) {
    this.known = new ConfigCache(version, async (hashes) => {
      const live = await tokens.findLive(
        hashes.map((hash) => Buffer.from(hash, 'hex')),
        clock.now(),
      );
      return new Map(live.map((token) => [token.tokenHash.toString('hex'), token]));
    });
  }

  /** @throws DomainError `tenant_suspended` */
  async resolve(apiToken: string): Promise<Identity | undefined> {
    const checkedAt = performance.now();
    const token = await this.known.get(tokenHash(apiToken).toString('hex'), checkedAt);
    const identity = token && this.identityOf(token);
    if (token?.isTenantSuspended && identity) throw tenantSuspended();
    return identity && { ...identity, checkedAt };
  }

  /** The same without a query. @returns undefined: it is not cached, or may not be used */
  resolveCached(apiToken: string): Identity | undefined {
    const token = this.known.peek(tokenHash(apiToken).toString('hex'));
    if (!token || token.isTenantSuspended) return undefined;
    const identity = this.identityOf(token);
    return identity && { ...identity, checkedAt: 0, configVersion: this.version.current };
  }

  /** @returns undefined: it has expired */
  private identityOf(token: LiveApiToken): ApiTokenIdentity | undefined {
    const now = this.clock.now();
    if (token.expiresAt && token.expiresAt <= now) return undefined;
    const isNoted = token.isTenantSuspended || !isUseToBeNoted(token.lastUsedAt, now.getTime());
    if (!isNoted) this.noteUse(token, now);
    const { tenantId, tokenId, name, scopes, appId, expiresAt, ownerEmail } = token;
    return { kind: 'api_token', tenantId, tokenId, name, scopes, appId, expiresAt, ownerEmail };
  }

  /** In the background: a token is valid without it. */
  private noteUse(token: LiveApiToken, now: Date): void {
    token.lastUsedAt = now;
    this.tokens.noteUse([token.tokenId], now).catch((error: unknown) => {
      this.logger.warn('api_tokens.use_not_noted', { message: String(error) });
    });
  }
}
