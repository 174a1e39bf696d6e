import { Injectable } from '@nestjs/common';
import type { SessionMethod } from '@im/contracts/api/auth';
import { uuidV7 } from '../../../platform/crypto/random-pool.js';
import { Clock } from '../../../platform/clock/clock.js';
import { randomToken, tokenHash } from '../../../platform/crypto/random-token.js';
import { headerText } from '../../../platform/http-server/header-text.js';
import { SessionsRepository } from './data/sessions.repository.js';
import type { User } from './data/user.entity.js';
import { UsersRepository } from './data/users.repository.js';
import { SESSION_IDLE_MS } from './domain/session-lifetime.js';
import { RecordAuditService } from '../audit/record-audit.service.js';

export interface NewSessionInput {
  method: SessionMethod;
  ipAddress: string;
  userAgent: string | undefined;
  /** Further details for the audit log. */
  detail?: Record<string, unknown> | undefined;
}

const MAX_USER_AGENT_LENGTH = 300;

/** Opens a session for an authenticated member. */
@Injectable()
export class OpenSessionService {
  constructor(
    private readonly users: UsersRepository,
    private readonly sessions: SessionsRepository,
    private readonly audit: RecordAuditService,
    private readonly clock: Clock,
  ) {}

  /** @returns the token for the cookie */
  async open(user: User, { method, ipAddress, userAgent, detail }: NewSessionInput): Promise<string> {
    const sessionToken = randomToken('');
    const now = this.clock.now();
    await this.sessions.insert({
      sessionHash: tokenHash(sessionToken),
      sessionId: uuidV7(),
      method,
      userId: user.userId,
      createdAt: now,
      expiresAt: new Date(now.getTime() + SESSION_IDLE_MS),
      ipAddress,
      // PostgreSQL text cannot contain NUL.
      userAgent:
        userAgent === undefined
          ? null
          : headerText(userAgent).replaceAll('\u0000', '').slice(0, MAX_USER_AGENT_LENGTH),
    });
    await this.users.noteLogin(user.userId, now);
    await this.audit.recordOf(user, { action: 'auth.login', ipAddress, detail: { method, ...detail } });
    return sessionToken;
  }
}
