import { Body, Controller, Ip } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import { MAX_ADMIN_EMAILS, type OwnTenant } from '@im/contracts/api/tenants';
import { ownTenantRoutes } from '@im/contracts/routes/tenant-routes';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { parseBody } from '../../../platform/http-server/parse-input.js';
import { Caller, Route } from '../access.decorators.js';
import { TenantsRepository } from './data/tenants.repository.js';
import { UsersRepository } from '../identity/data/users.repository.js';
import type { SessionIdentity } from '../identity/domain/identity.js';
import { UpdateTenantService } from './update-tenant.service.js';

/** What members know of their own tenant, and what its admins decide. */
@Controller()
export class OwnTenantController {
  constructor(
    private readonly tenants: TenantsRepository,
    private readonly updateTenant: UpdateTenantService,
    private readonly users: UsersRepository,
  ) {}

  @Route(ownTenantRoutes.get)
  async get(@Caller() identity: SessionIdentity): Promise<Single<OwnTenant>> {
    return { data: await this.present(identity.tenantId) };
  }

  @Route(ownTenantRoutes.update)
  async update(
    @Caller() identity: SessionIdentity,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<OwnTenant>> {
    const change = parseBody(ownTenantRoutes.update.body, body);
    await this.updateTenant.updateOwn(identity, change, ipAddress);
    return { data: await this.present(identity.tenantId) };
  }

  private async present(tenantId: string): Promise<OwnTenant> {
    const tenant = await this.tenants.findSettings(tenantId);
    if (!tenant) throw DomainError.notFound('tenant');
    const { name, requiresSecondFactor, createdAt } = tenant;
    const adminEmails = await this.users.listAdminEmails(tenantId, MAX_ADMIN_EMAILS);
    return { tenantId, name, requiresSecondFactor, adminEmails, createdAt: createdAt.toISOString() };
  }
}
