import { Injectable } from '@nestjs/common';
import type { CurrentUser } from '@im/contracts/api/auth';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { Logger } from '../../../platform/logging/logger.js';
import { TenantsRepository } from '../tenants/data/tenants.repository.js';
import type { User } from './data/user.entity.js';
import { UsersRepository } from './data/users.repository.js';
import { OpenSessionService } from './open-session.service.js';
import { RecordAuditService } from '../audit/record-audit.service.js';
import {
  VerifySecondFactorService,
  type UsedSecondFactor,
} from './second-factor/verify-second-factor.service.js';
import { tenantSuspended } from '../tenants/tenant-suspended.js';
import { ThrottleLoginsService, type Verdict } from './throttle-logins.service.js';
import { VerifyPasswordService } from './verify-password.service.js';

export interface LogInInput {
  email: string;
  password: string;
  /** Of the second factor. */
  code: string | undefined;
  ipAddress: string;
  userAgent: string | undefined;
}

/** Opens a session for a person with the right password; never reveals whether email or password was wrong. */
@Injectable()
export class LogInService {
  constructor(
    private readonly users: UsersRepository,
    private readonly tenants: TenantsRepository,
    private readonly passwords: VerifyPasswordService,
    private readonly secondFactor: VerifySecondFactorService,
    private readonly throttle: ThrottleLoginsService,
    private readonly openSession: OpenSessionService,
    private readonly audit: RecordAuditService,
    private readonly logger: Logger,
  ) {}

  /**
   * @throws DomainError `invalid_credentials`; with the right password also `tenant_suspended`,
   *   `second_factor_required` and `second_factor_invalid`; `too_many_requests` after too many wrong tries
   */
  logIn(input: LogInInput): Promise<{ sessionToken: string; user: CurrentUser }> {
    return this.throttle.judge(input, async (verdict) => {
      const user = await this.findByPassword(input, verdict);
      if (await this.tenants.isSuspended(user.tenantId)) {
        verdict.right();
        this.audit.noteFailedLogin(user, input.ipAddress, 'tenant_suspended');
        throw tenantSuspended();
      }
      const secondFactor = await this.checkSecondFactor(user, input, verdict);
      verdict.right();
      return this.openFor(user, input, secondFactor);
    });
  }

  private async openFor(
    user: User,
    { ipAddress, userAgent }: LogInInput,
    secondFactor: UsedSecondFactor | undefined,
  ): Promise<{ sessionToken: string; user: CurrentUser }> {
    const sessionToken = await this.openSession.open(user, {
      method: 'password',
      ipAddress,
      userAgent,
      detail: secondFactor && { secondFactor },
    });
    const profile = await this.users.findProfile(user.userId);
    if (!profile) throw wrongCredentials();
    return { sessionToken, user: profile };
  }

  private async findByPassword(input: LogInInput, verdict: Verdict): Promise<User> {
    const user = await this.users.findByEmail(input.email);
    const isRight = await this.passwords.isRight(user?.passwordHash, input.password);
    if (isRight && user?.isDisabled === false) return user;
    verdict.wrong();
    this.noteRefusal(user, input, isRight ? 'disabled' : 'wrong_password');
    throw wrongCredentials();
  }

  /** Requiring a code is neither a right nor a wrong try: clearing the count would allow guessing codes. */
  private async checkSecondFactor(
    user: User,
    input: LogInInput,
    verdict: Verdict,
  ): Promise<UsedSecondFactor | undefined> {
    if (!(await this.secondFactor.isEnabledFor(user.userId))) return undefined;
    if (input.code === undefined) {
      throw new DomainError('second_factor_required', 'Send the code of your authenticator as well');
    }
    const used = await this.secondFactor.verify(user.userId, input.code);
    if (used !== undefined) return used;
    verdict.wrong();
    this.noteRefusal(user, input, 'wrong_code');
    throw new DomainError('second_factor_invalid', 'The code is wrong, too old, or was used before');
  }

  private noteRefusal(user: User | null, { ipAddress }: LogInInput, reason: string): void {
    this.logger.warn('auth.login_refused', { ipAddress, reason });
    if (user) this.audit.noteFailedLogin(user, ipAddress, reason);
  }
}

function wrongCredentials(): DomainError {
  return new DomainError('invalid_credentials', 'The email or the password is wrong');
}
