import { Injectable } from '@nestjs/common';
import { Batcher } from '../../../platform/batching/batcher.js';
import { Clock } from '../../../platform/clock/clock.js';
import { tokenHash } from '../../../platform/crypto/random-token.js';
import { SessionsRepository, type LiveSession } from './data/sessions.repository.js';
import type { SessionIdentity } from './domain/identity.js';
import { isUseToBeNoted, SESSION_IDLE_MS, SESSION_MAX_MS } from './domain/session-lifetime.js';

/** Finds the identity of a session cookie; concurrent requests share one query. */
@Injectable()
export class ResolveSessionService {
  private readonly lookups: Batcher<Buffer, LiveSession | undefined>;

  constructor(
    private readonly sessions: SessionsRepository,
    private readonly clock: Clock,
  ) {
    this.lookups = new Batcher({ maxItems: 500, concurrency: 2, run: (hashes) => this.findAll(hashes) });
  }

  async resolve(sessionToken: string): Promise<SessionIdentity | undefined> {
    const session = await this.lookups.add(tokenHash(sessionToken));
    if (!session) return undefined;
    return {
      kind: 'session',
      tenantId: session.tenantId,
      userId: session.userId,
      email: session.email,
      role: session.role,
      sessionId: session.sessionId,
      method: session.method,
      openedAt: session.openedAt,
      isOperator: session.isOperator,
      mustSetUpSecondFactor: session.mustSetUpSecondFactor,
      mustChangePassword: session.mustChangePassword,
    };
  }

  private async findAll(hashes: Buffer[]): Promise<(LiveSession | undefined)[]> {
    const now = this.clock.now();
    const live = await this.sessions.findLive(hashes, now);
    const used = live.filter((session) => isUseToBeNoted(session.lastSeenAt, now.getTime()));
    if (used.length > 0) {
      const usedHashes = used.map((session) => session.sessionHash);
      await this.sessions.noteUse(usedHashes, now, SESSION_IDLE_MS, SESSION_MAX_MS);
    }
    const byHash = new Map(live.map((session) => [session.sessionHash.toString('hex'), session]));
    return hashes.map((hash) => byHash.get(hash.toString('hex')));
  }
}
