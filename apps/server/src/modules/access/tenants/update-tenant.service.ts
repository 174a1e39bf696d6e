import { Injectable } from '@nestjs/common';
import type { UpdateOwnTenantRequest, UpdateTenantRequest } from '@im/contracts/api/tenants';
import { Clock } from '../../../platform/clock/clock.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { TenantsRepository } from './data/tenants.repository.js';
import type { Identity, SessionIdentity } from '../identity/domain/identity.js';
import { VerifySecondFactorService } from '../identity/second-factor/verify-second-factor.service.js';

/** Changes a tenant, from outside as an operator or from inside as its admin. */
@Injectable()
export class UpdateTenantService {
  constructor(
    private readonly tenants: TenantsRepository,
    private readonly secondFactor: VerifySecondFactorService,
    private readonly clock: Clock,
  ) {}

  /**
   * The tenant must exist. A suspension takes effect in every process before it is answered.
   *
   * @throws DomainError `conflict` when operators would suspend themselves
   */
  async update(
    identity: Identity,
    tenantId: string,
    { name, isSuspended }: UpdateTenantRequest,
  ): Promise<void> {
    if (isSuspended && tenantId === identity.tenantId) {
      throw new DomainError('conflict', 'This is your own tenant; you would shut yourself out');
    }
    if (name !== undefined) await this.tenants.update(tenantId, { name });
    if (isSuspended === true) await this.tenants.suspend(tenantId, this.clock.now());
    if (isSuspended === false) await this.tenants.resume(tenantId);
  }

  /** @throws DomainError `conflict` when the caller requires a second factor and has none */
  async updateOwn({ tenantId, userId }: SessionIdentity, change: UpdateOwnTenantRequest): Promise<void> {
    if (change.requiresSecondFactor && !(await this.secondFactor.isEnabledFor(userId))) {
      throw new DomainError('conflict', 'Set up a second factor of your own first');
    }
    await this.tenants.update(tenantId, change);
  }
}
