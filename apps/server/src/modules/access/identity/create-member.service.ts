import { Injectable } from '@nestjs/common';
import type { CreateMemberRequest } from '@im/contracts/api/members';
import { uuidV7 } from '../../../platform/crypto/random-pool.js';
import { Clock } from '../../../platform/clock/clock.js';
import { isUniqueViolation } from '../../../platform/database/database-errors.js';
import type { User } from './data/user.entity.js';
import { UsersRepository } from './data/users.repository.js';
import { emailTaken } from './email-taken.js';
import { temporaryPassword } from './temporary-password.js';
import { VerifyPasswordService } from './verify-password.service.js';

@Injectable()
export class CreateMemberService {
  constructor(
    private readonly users: UsersRepository,
    private readonly passwords: VerifyPasswordService,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns the member and, when the request named no password, the generated one
   * @throws DomainError `invalid_input` with `already_taken` at /email
   */
  async create(
    tenantId: string,
    request: CreateMemberRequest,
  ): Promise<{ member: User; generatedPassword: string | undefined }> {
    const password = request.password ?? temporaryPassword();
    const member: User = {
      userId: uuidV7(),
      tenantId,
      email: request.email,
      name: request.name ?? request.email,
      passwordHash: await this.passwords.hash(password),
      mustChangePassword: true,
      role: request.role,
      isDisabled: false,
      isOperator: false,
      lastLoginAt: null,
      createdAt: this.clock.now(),
    };
    await this.insert(member);
    return { member, generatedPassword: request.password === undefined ? password : undefined };
  }

  private async insert(member: User): Promise<void> {
    try {
      await this.users.insert(member);
    } catch (error) {
      if (!isUniqueViolation(error, 'users_email_key')) throw error;
      throw emailTaken('/email');
    }
  }
}
