import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { uuidV7 } from '../../../platform/crypto/random-pool.js';
import { ENV, type Env } from '../../../config/env.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Logger } from '../../../platform/logging/logger.js';
import { FirstAdminRepository } from './data/first-admin.repository.js';
import { VerifyPasswordService } from './verify-password.service.js';

/** Creates the first admin from the environment, if the database has no user. */
@Injectable()
export class EnsureFirstAdminService implements OnApplicationBootstrap {
  constructor(
    private readonly firstAdmin: FirstAdminRepository,
    private readonly passwords: VerifyPasswordService,
    private readonly clock: Clock,
    private readonly logger: Logger,
    @Inject(ENV) private readonly env: Env,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (await this.firstAdmin.hasUsers()) return;
    const { ADMIN_EMAIL, ADMIN_PASSWORD } = this.env;
    if (ADMIN_EMAIL === undefined || ADMIN_PASSWORD === undefined) {
      this.logger.warn('admin.missing', { advice: 'No user can log in: set ADMIN_EMAIL and ADMIN_PASSWORD' });
      return;
    }
    await this.create(ADMIN_EMAIL.toLowerCase(), ADMIN_PASSWORD);
  }

  private async create(email: string, password: string): Promise<void> {
    const createdAt = this.clock.now();
    const tenant = {
      tenantId: uuidV7(),
      name: 'Default',
      requiresSecondFactor: false,
      suspendedAt: null,
      createdAt,
    };
    const wasFirst = await this.firstAdmin.insertUnlessUsersExist(tenant, {
      userId: uuidV7(),
      tenantId: tenant.tenantId,
      email,
      name: email,
      passwordHash: await this.passwords.hash(password),
      mustChangePassword: false,
      role: 'admin',
      isDisabled: false,
      isOperator: true,
      lastLoginAt: null,
      createdAt,
    });
    if (wasFirst) this.logger.info('admin.created', { email });
  }
}
