import { Injectable } from '@nestjs/common';
import { Batcher } from '../../platform/batching/batcher.js';
import { Clock } from '../../platform/clock/clock.js';
import { tokenHash } from '../../platform/crypto/random-token.js';
import { ApiTokensRepository, type LiveApiToken } from './data/api-tokens.repository.js';
import type { Identity } from './domain/identity.js';
import { isUseToBeNoted } from './domain/session-lifetime.js';

/** Finds who an API token stands for; concurrent requests share one query. */
@Injectable()
export class ResolveApiTokenService {
  private readonly lookups: Batcher<Buffer, LiveApiToken | undefined>;

  constructor(
    private readonly tokens: ApiTokensRepository,
    private readonly clock: Clock,
  ) {
    this.lookups = new Batcher({ maxItems: 500, concurrency: 2, run: (hashes) => this.findAll(hashes) });
  }

  async resolve(apiToken: string): Promise<Identity | undefined> {
    const token = await this.lookups.add(tokenHash(apiToken));
    if (!token) return undefined;
    const { tenantId, tokenId, name, scopes, appId } = token;
    return { kind: 'api_token', tenantId, tokenId, name, scopes, appId };
  }

  private async findAll(hashes: Buffer[]): Promise<(LiveApiToken | undefined)[]> {
    const now = this.clock.now();
    const live = await this.tokens.findLive(hashes, now);
    const used = live.filter((token) => isUseToBeNoted(token.lastUsedAt, now.getTime()));
    if (used.length > 0) {
      const usedIds = used.map((token) => token.tokenId);
      await this.tokens.noteUse(usedIds, now);
    }
    const byHash = new Map(live.map((token) => [token.tokenHash.toString('hex'), token]));
    return hashes.map((hash) => byHash.get(hash.toString('hex')));
  }
}
