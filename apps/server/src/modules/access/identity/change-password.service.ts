import { Injectable } from '@nestjs/common';
import type { ChangePasswordRequest } from '@im/contracts/api/auth';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { UsersRepository } from './data/users.repository.js';
import type { SessionIdentity } from './domain/identity.js';
import { ThrottleLoginsService } from './throttle-logins.service.js';
import { VerifyPasswordService } from './verify-password.service.js';

export interface ChangePasswordInput extends ChangePasswordRequest {
  /** Changes the caller's password. This session stays, the user's others end. */
  identity: SessionIdentity;
  ipAddress: string;
}

@Injectable()
export class ChangePasswordService {
  constructor(
    private readonly users: UsersRepository,
    private readonly passwords: VerifyPasswordService,
    private readonly throttle: ThrottleLoginsService,
  ) {}

  /** @throws DomainError `invalid_input` at /currentPassword or /newPassword; `too_many_requests` after too many wrong tries */
  async change(input: ChangePasswordInput): Promise<void> {
    const { identity } = input;
    if (!(await this.isRight(input))) {
      throw DomainError.invalid({
        pointer: '/currentPassword',
        code: 'invalid_value',
        message: 'is not your password',
      });
    }
    if (identity.mustChangePassword && input.newPassword === input.currentPassword) {
      throw DomainError.invalid({
        pointer: '/newPassword',
        code: 'invalid_value',
        message: 'must be another one than that which another member set',
      });
    }
    const passwordHash = await this.passwords.hash(input.newPassword);
    const password = { passwordHash, mustChangePassword: false };
    await this.users.setPassword(identity.userId, password, identity.sessionId);
  }

  private isRight({ identity, ipAddress, currentPassword }: ChangePasswordInput): Promise<boolean> {
    return this.throttle.judge({ email: identity.email, ipAddress }, async (verdict) => {
      const user = await this.users.findById(identity.userId);
      const isRight = await this.passwords.isRight(user?.passwordHash, currentPassword);
      verdict[isRight ? 'right' : 'wrong']();
      return isRight;
    });
  }
}
