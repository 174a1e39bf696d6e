import { Injectable } from '@nestjs/common';
import type { CurrentUser } from '@im/contracts/api/auth';
import { Clock } from '../../platform/clock/clock.js';
import { randomToken, tokenHash } from '../../platform/crypto/random-token.js';
import { DomainError } from '../../platform/http/domain-error.js';
import { Logger } from '../../platform/logging/logger.js';
import { SessionsRepository } from './data/sessions.repository.js';
import type { User } from './data/user.entity.js';
import { UsersRepository } from './data/users.repository.js';
import { SESSION_IDLE_MS } from './domain/session-lifetime.js';
import { RecordAuditService } from './record-audit.service.js';
import { ThrottleLoginsService } from './throttle-logins.service.js';
import { VerifyPasswordService } from './verify-password.service.js';

export interface LogInInput {
  email: string;
  password: string;
  ipAddress: string;
  userAgent: string | undefined;
}

const MAX_USER_AGENT_LENGTH = 300;

/** Opens a session for who knows the password; does not tell whether it was the email or the password. */
@Injectable()
export class LogInService {
  constructor(
    private readonly users: UsersRepository,
    private readonly sessions: SessionsRepository,
    private readonly passwords: VerifyPasswordService,
    private readonly throttle: ThrottleLoginsService,
    private readonly audit: RecordAuditService,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** @throws DomainError `invalid_credentials`, or `too_many_requests` after too many wrong tries */
  async logIn(input: LogInInput): Promise<{ sessionToken: string; user: CurrentUser }> {
    await this.throttle.assertMayTry(input);
    const user = await this.users.findByEmail(input.email);
    const isRight = await this.passwords.isRight(user?.passwordHash, input.password);
    const isAccepted = isRight && user?.isDisabled === false;
    await this.throttle.settle(input, isAccepted);
    const profile = isAccepted ? await this.users.findProfile(user.userId) : undefined;
    if (!isAccepted || !profile) {
      this.logger.warn('auth.login_refused', { ipAddress: input.ipAddress });
      throw new DomainError('invalid_credentials', 'The email or the password is wrong');
    }
    return { sessionToken: await this.openSession(user, input), user: profile };
  }

  private async openSession(user: User, { ipAddress, userAgent }: LogInInput): Promise<string> {
    const sessionToken = randomToken('');
    const now = this.clock.now();
    await this.sessions.insert({
      sessionHash: tokenHash(sessionToken),
      userId: user.userId,
      createdAt: now,
      expiresAt: new Date(now.getTime() + SESSION_IDLE_MS),
      ipAddress,
      userAgent: userAgent?.slice(0, MAX_USER_AGENT_LENGTH) ?? null,
    });
    await this.users.noteLogin(user.userId, now);
    const { tenantId, userId, email, role } = user;
    await this.audit.record({
      identity: { kind: 'session', tenantId, userId, email, role },
      action: 'auth.login',
      targetId: userId,
      ipAddress,
    });
    return sessionToken;
  }
}
