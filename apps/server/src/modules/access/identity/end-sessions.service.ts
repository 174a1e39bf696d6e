import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { SessionsRepository } from './data/sessions.repository.js';
import { UsersRepository } from './data/users.repository.js';
import type { Identity, SessionIdentity } from './domain/identity.js';
import { RecordAuditService } from '../audit/record-audit.service.js';

/** Ends sessions. Every request looks its session up, so the end takes effect at once in every process. */
@Injectable()
export class EndSessionsService {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly users: UsersRepository,
    private readonly audit: RecordAuditService,
  ) {}

  /** Ends one session, which may be the caller's own. @throws DomainError `not_found` */
  async endOwn(identity: SessionIdentity, sessionId: string, ipAddress: string): Promise<void> {
    const hasEnded = await this.sessions.removeOfUser(identity.userId, sessionId);
    if (!hasEnded) throw DomainError.notFound('session');
    await this.recordOwn(identity, 1, ipAddress);
  }

  /** Ends all sessions but the caller's own. */
  async endOtherOwn(identity: SessionIdentity, ipAddress: string): Promise<void> {
    const ended = await this.sessions.removeAllOfUser(identity.userId, identity.sessionId);
    await this.recordOwn(identity, ended, ipAddress);
  }

  /** @throws DomainError `not_found` */
  async endAllOfMember(identity: Identity, memberId: string, ipAddress: string): Promise<void> {
    const member = await this.users.findMember(identity.tenantId, memberId);
    if (!member) throw DomainError.notFound('member');
    const ended = await this.sessions.removeAllOfUser(memberId, null);
    await this.audit.record({
      identity,
      action: 'member.sessions_revoked',
      targetId: memberId,
      detail: { email: member.email, ended },
      ipAddress,
    });
  }

  private async recordOwn(identity: SessionIdentity, ended: number, ipAddress: string): Promise<void> {
    await this.audit.record({
      identity,
      action: 'auth.sessions_revoked',
      targetId: identity.userId,
      detail: { ended },
      ipAddress,
    });
  }
}
