import { Injectable } from '@nestjs/common';
import type { CreateTenantRequest } from '@im/contracts/api/tenants';
import { uuidV7 } from '../../../platform/crypto/random-pool.js';
import { Clock } from '../../../platform/clock/clock.js';
import { emailTaken } from '../identity/email-taken.js';
import { isUniqueViolation } from '../../../platform/database/database-errors.js';
import { TenantsRepository } from './data/tenants.repository.js';
import { temporaryPassword } from '../identity/temporary-password.js';
import { VerifyPasswordService } from '../identity/verify-password.service.js';

@Injectable()
export class CreateTenantService {
  constructor(
    private readonly tenants: TenantsRepository,
    private readonly passwords: VerifyPasswordService,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns the tenant's id and its admin's password, which cannot be read again
   * @throws DomainError `invalid_input` with `already_taken` at /adminEmail
   */
  async create({
    name,
    adminEmail,
  }: CreateTenantRequest): Promise<{ tenantId: string; generatedPassword: string }> {
    const createdAt = this.clock.now();
    const tenantId = uuidV7();
    const generatedPassword = temporaryPassword();
    const admin = {
      userId: uuidV7(),
      tenantId,
      email: adminEmail,
      name: adminEmail,
      passwordHash: await this.passwords.hash(generatedPassword),
      mustChangePassword: true,
      role: 'admin',
      isDisabled: false,
      isOperator: false,
      lastLoginAt: null,
      createdAt,
    } as const;
    try {
      await this.tenants.insert(
        { tenantId, name, requiresSecondFactor: false, suspendedAt: null, createdAt },
        admin,
      );
    } catch (error) {
      throw isUniqueViolation(error, 'users_email_key') ? emailTaken('/adminEmail') : error;
    }
    return { tenantId, generatedPassword };
  }
}
