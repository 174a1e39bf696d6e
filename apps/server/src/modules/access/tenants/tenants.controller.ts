import { Controller } from '@nestjs/common';
import type { Page, Single } from '@im/contracts/api/common';
import type { CreatedTenant, Tenant } from '@im/contracts/api/tenants';
import { tenantRoutes } from '@im/contracts/routes/tenant-routes';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { idPage, readIdCursor } from '../../../platform/http-server/id-page.js';
import { Input, Route, type RouteInput } from '../access.decorators.js';
import { TenantsRepository, type TenantRow } from './data/tenants.repository.js';
import { CreateTenantService } from './create-tenant.service.js';
import { UpdateTenantService } from './update-tenant.service.js';

/** Manages tenants for operators, without access to what is in them. */
@Controller()
export class TenantsController {
  constructor(
    private readonly tenants: TenantsRepository,
    private readonly createTenant: CreateTenantService,
    private readonly updateTenant: UpdateTenantService,
  ) {}

  @Route(tenantRoutes.list)
  async list(@Input() { query }: RouteInput<typeof tenantRoutes.list>): Promise<Page<Tenant>> {
    const { limit, cursor } = query;
    const rows = await this.tenants.list({ limit, beforeId: readIdCursor(cursor) });
    return idPage(rows, limit, (row) => row.tenantId, presentTenant);
  }

  @Route(tenantRoutes.create)
  async create(
    @Input() { body, audit }: RouteInput<typeof tenantRoutes.create>,
  ): Promise<Single<CreatedTenant>> {
    const { tenantId, generatedPassword } = await this.createTenant.create(body);
    audit.note({ targetId: tenantId, detail: body });
    const row = await this.find(tenantId);
    const { adminEmail } = body;
    return { data: { ...presentTenant(row), adminEmail, temporaryPassword: generatedPassword } };
  }

  @Route(tenantRoutes.get)
  async get(@Input() { path }: RouteInput<typeof tenantRoutes.get>): Promise<Single<Tenant>> {
    return { data: presentTenant(await this.find(path.tenantId)) };
  }

  @Route(tenantRoutes.update)
  async update(
    @Input() { caller, path, body, audit }: RouteInput<typeof tenantRoutes.update>,
  ): Promise<Single<Tenant>> {
    const { tenantId } = await this.find(path.tenantId);
    await this.updateTenant.update(caller, tenantId, body);
    const changed = await this.find(tenantId);
    audit.note({ detail: { name: changed.name, ...body } });
    return { data: presentTenant(changed) };
  }

  private async find(tenantId: string): Promise<TenantRow> {
    const row = await this.tenants.find(tenantId);
    if (!row) throw DomainError.notFound('tenant');
    return row;
  }
}

function presentTenant(row: TenantRow): Tenant {
  const { tenantId, name, suspendedAt, memberCount, appCount, createdAt } = row;
  return {
    tenantId,
    name,
    isSuspended: suspendedAt !== null,
    suspendedAt: suspendedAt?.toISOString() ?? null,
    memberCount,
    appCount,
    createdAt: createdAt.toISOString(),
  };
}
