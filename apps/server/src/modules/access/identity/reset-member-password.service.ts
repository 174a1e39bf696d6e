import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../platform/errors/domain-error.js';
import type { User } from './data/user.entity.js';
import { UsersRepository } from './data/users.repository.js';
import { mayManage, type SessionIdentity } from './domain/identity.js';
import { operatorsOnly } from '../tenants/operators-only.js';
import { temporaryPassword } from './temporary-password.js';
import { ThrottleLoginsService } from './throttle-logins.service.js';
import { VerifyPasswordService } from './verify-password.service.js';

@Injectable()
export class ResetMemberPasswordService {
  constructor(
    private readonly users: UsersRepository,
    private readonly passwords: VerifyPasswordService,
    private readonly throttle: ThrottleLoginsService,
  ) {}

  /** Ends all the member's sessions. @throws DomainError `not_found`, `forbidden` */
  async reset(
    identity: SessionIdentity,
    memberId: string,
  ): Promise<{ member: User; generatedPassword: string }> {
    const member = await this.users.findMember(identity.tenantId, memberId);
    if (!member) throw DomainError.notFound('member');
    if (!mayManage(identity, member)) throw operatorsOnly();
    const generatedPassword = temporaryPassword();
    const passwordHash = await this.passwords.hash(generatedPassword);
    const mustChangePassword = memberId !== identity.userId;
    await this.users.setPassword(memberId, { passwordHash, mustChangePassword }, null);
    await this.throttle.clear(member.email);
    return { member, generatedPassword };
  }
}
