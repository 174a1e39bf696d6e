import { Injectable } from '@nestjs/common';
import type { UpdateMemberRequest } from '@im/contracts/api/members';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { ChangeMembersRepository } from './data/change-members.repository.js';
import type { User } from './data/user.entity.js';
import type { SessionIdentity } from './domain/identity.js';
import { RecordAuditService } from '../audit/record-audit.service.js';

@Injectable()
export class UpdateMemberService {
  constructor(
    private readonly members: ChangeMembersRepository,
    private readonly audit: RecordAuditService,
  ) {}

  /**
   * Changes a member. A new role or disabling ends the member's sessions, and deletes their API tokens if they may no
   * longer make any.
   *
   * @throws DomainError `not_found`, `forbidden`, `conflict`
   */
  async update(
    identity: SessionIdentity,
    memberId: string,
    change: UpdateMemberRequest,
    ipAddress: string,
  ): Promise<User> {
    const changed = await this.members.update(identity, memberId, change);
    if (!changed) throw DomainError.notFound('member');
    const { member, revokedApiTokens } = changed;
    await this.audit.record({
      identity,
      action: 'member.updated',
      targetId: memberId,
      detail: { email: member.email, ...change, ...(revokedApiTokens.length > 0 && { revokedApiTokens }) },
      ipAddress,
    });
    return member;
  }
}
