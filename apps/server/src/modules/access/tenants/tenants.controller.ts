import { Body, Controller, Ip, Param, Query } from '@nestjs/common';
import type { Page, Single } from '@im/contracts/api/common';
import type { CreatedTenant, Tenant } from '@im/contracts/api/tenants';
import { tenantRoutes } from '@im/contracts/routes/tenant-routes';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { idPage, readIdCursor } from '../../../platform/http-server/id-page.js';
import { parseBody, parseId, parseQuery } from '../../../platform/http-server/parse-input.js';
import { Caller, Route } from '../access.decorators.js';
import { TenantsRepository, type TenantRow } from './data/tenants.repository.js';
import type { Identity } from '../identity/domain/identity.js';
import { CreateTenantService } from './create-tenant.service.js';
import { UpdateTenantService } from './update-tenant.service.js';

/** For operators: that tenants are there, never what is in them. */
@Controller()
export class TenantsController {
  constructor(
    private readonly tenants: TenantsRepository,
    private readonly createTenant: CreateTenantService,
    private readonly updateTenant: UpdateTenantService,
  ) {}

  @Route(tenantRoutes.list)
  async list(@Query() query: unknown): Promise<Page<Tenant>> {
    const { limit, cursor } = parseQuery(tenantRoutes.list.query, query);
    const rows = await this.tenants.list({ limit, beforeId: readIdCursor(cursor) });
    return idPage(rows, limit, (row) => row.tenantId, presentTenant);
  }

  @Route(tenantRoutes.create)
  async create(
    @Caller() identity: Identity,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<CreatedTenant>> {
    const request = parseBody(tenantRoutes.create.body, body);
    const { tenantId, generatedPassword } = await this.createTenant.create(identity, request, ipAddress);
    const row = await this.find(tenantId);
    const { adminEmail } = request;
    return { data: { ...presentTenant(row), adminEmail, temporaryPassword: generatedPassword } };
  }

  @Route(tenantRoutes.get)
  async get(@Param('tenantId') tenantId: string): Promise<Single<Tenant>> {
    return { data: presentTenant(await this.find(tenantId)) };
  }

  @Route(tenantRoutes.update)
  async update(
    @Caller() identity: Identity,
    @Param('tenantId') idText: string,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<Tenant>> {
    const { tenantId } = await this.find(idText);
    const change = parseBody(tenantRoutes.update.body, body);
    await this.updateTenant.update(identity, tenantId, change, ipAddress);
    return { data: presentTenant(await this.find(tenantId)) };
  }

  private async find(idText: string): Promise<TenantRow> {
    const row = await this.tenants.find(parseId(idText, 'tenant'));
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
