import { Controller } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import { MAX_ADMIN_EMAILS, type OwnTenant } from '@im/contracts/api/tenants';
import { ownTenantRoutes } from '@im/contracts/routes/tenant-routes';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { Input, Route, type RouteInput } from '../access.decorators.js';
import { TenantsRepository } from './data/tenants.repository.js';
import { UsersRepository } from '../identity/data/users.repository.js';
import { UpdateTenantService } from './update-tenant.service.js';

/** Shows members their own tenant, and lets admins change its settings. */
@Controller()
export class OwnTenantController {
  constructor(
    private readonly tenants: TenantsRepository,
    private readonly updateTenant: UpdateTenantService,
    private readonly users: UsersRepository,
  ) {}

  @Route(ownTenantRoutes.get)
  async get(@Input() { caller }: RouteInput<typeof ownTenantRoutes.get>): Promise<Single<OwnTenant>> {
    return { data: await this.present(caller.tenantId) };
  }

  @Route(ownTenantRoutes.update)
  async update(
    @Input() { caller, body, audit }: RouteInput<typeof ownTenantRoutes.update>,
  ): Promise<Single<OwnTenant>> {
    await this.updateTenant.updateOwn(caller, body);
    audit.note({ targetId: caller.tenantId, detail: body });
    return { data: await this.present(caller.tenantId) };
  }

  private async present(tenantId: string): Promise<OwnTenant> {
    const tenant = await this.tenants.findSettings(tenantId);
    if (!tenant) throw DomainError.notFound('tenant');
    const { name, requiresSecondFactor, createdAt } = tenant;
    const adminEmails = await this.users.listAdminEmails(tenantId, MAX_ADMIN_EMAILS);
    return { tenantId, name, requiresSecondFactor, adminEmails, createdAt: createdAt.toISOString() };
  }
}
