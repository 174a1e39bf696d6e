import { Injectable } from '@nestjs/common';
import type { RemoveSecondFactorRequest } from '@im/contracts/api/second-factor';
import { DomainError } from '../../../../platform/errors/domain-error.js';
import { SecondFactorsRepository } from '../data/second-factors.repository.js';
import { SessionsRepository } from '../data/sessions.repository.js';
import type { User } from '../data/user.entity.js';
import { UsersRepository } from '../data/users.repository.js';
import { mayManage, type SessionIdentity } from '../domain/identity.js';
import { operatorsOnly } from '../../tenants/operators-only.js';
import { ThrottleLoginsService } from '../throttle-logins.service.js';
import { VerifyPasswordService } from '../verify-password.service.js';
import { wrongCode } from './set-up-second-factor.service.js';
import { VerifySecondFactorService } from './verify-second-factor.service.js';

/** Turns a second factor off: one's own with a proof, a member's who lost it as an admin. */
@Injectable()
export class RemoveSecondFactorService {
  constructor(
    private readonly secondFactors: SecondFactorsRepository,
    private readonly verifySecondFactor: VerifySecondFactorService,
    private readonly users: UsersRepository,
    private readonly sessions: SessionsRepository,
    private readonly passwords: VerifyPasswordService,
    private readonly throttle: ThrottleLoginsService,
  ) {}

  /** @throws DomainError `conflict`, `invalid_input` at /password or /code, `too_many_requests` */
  async removeOwn(
    { userId, email }: SessionIdentity,
    proof: RemoveSecondFactorRequest,
    ipAddress: string,
  ): Promise<void> {
    if (!(await this.verifySecondFactor.isEnabledFor(userId))) {
      throw new DomainError('conflict', 'You have no second factor');
    }
    const isRight = await this.throttle.judge({ email, ipAddress }, async (verdict) => {
      const isProven = await this.isProven(userId, proof);
      verdict[isProven ? 'right' : 'wrong']();
      return isProven;
    });
    if (!isRight) throw proof.code === undefined ? wrongPassword() : wrongCode();
    await this.secondFactors.remove(userId);
  }

  /** Ends the member's sessions. @throws DomainError `not_found`, `forbidden`, `conflict` */
  async resetOfMember(identity: SessionIdentity, memberId: string): Promise<User> {
    const member = await this.users.findMember(identity.tenantId, memberId);
    if (!member) throw DomainError.notFound('member');
    if (identity.userId === memberId) {
      throw new DomainError('conflict', 'Turn your own off in your profile, with your password or a code');
    }
    if (!mayManage(identity, member)) throw operatorsOnly();
    if (!(await this.secondFactors.remove(memberId))) {
      throw new DomainError('conflict', 'The member has no second factor');
    }
    await this.sessions.removeAllOfUser(memberId, null);
    await this.throttle.clear(member.email);
    return member;
  }

  private async isProven(userId: string, { password, code }: RemoveSecondFactorRequest): Promise<boolean> {
    if (code !== undefined) return (await this.verifySecondFactor.verify(userId, code)) !== undefined;
    const user = await this.users.findById(userId);
    return this.passwords.isRight(user?.passwordHash, password ?? '');
  }
}

function wrongPassword(): DomainError {
  return DomainError.invalid({
    pointer: '/password',
    code: 'invalid_value',
    message: 'is not your password',
  });
}
