import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { ChangeMembersRepository } from './data/change-members.repository.js';
import type { SessionIdentity } from './domain/identity.js';
import { RecordAuditService } from '../audit/record-audit.service.js';

@Injectable()
export class DeleteMemberService {
  constructor(
    private readonly members: ChangeMembersRepository,
    private readonly audit: RecordAuditService,
  ) {}

  /**
   * Deletes a member with their sessions and API tokens; audit entries stay.
   *
   * @throws DomainError `not_found`, `forbidden`, `conflict`
   */
  async delete(identity: SessionIdentity, memberId: string, ipAddress: string): Promise<void> {
    const changed = await this.members.remove(identity, memberId);
    if (!changed) throw DomainError.notFound('member');
    const { member, revokedApiTokens } = changed;
    await this.audit.record({
      identity,
      action: 'member.deleted',
      targetId: memberId,
      detail: { email: member.email, ...(revokedApiTokens.length > 0 && { revokedApiTokens }) },
      ipAddress,
    });
  }
}
