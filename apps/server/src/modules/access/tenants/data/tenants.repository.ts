import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { TenantEntity, type Tenant } from './tenant.entity.js';
import { UserEntity, type User } from '../../identity/data/user.entity.js';

/** What operators see of a tenant. */
export interface TenantRow {
  tenantId: string;
  name: string;
  suspendedAt: Date | null;
  memberCount: number;
  appCount: number;
  createdAt: Date;
}

const ROW = `
  t.tenant_id AS "tenantId", t.name, t.suspended_at AS "suspendedAt", t.created_at AS "createdAt",
  (SELECT count(*) FROM users u WHERE u.tenant_id = t.tenant_id) AS "memberCount",
  (SELECT count(*) FROM apps a WHERE a.tenant_id = t.tenant_id AND a.deleted_at IS NULL) AS "appCount"
`;

@Injectable()
export class TenantsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** By descending id; one row more than the limit when there is another page. */
  list(page: { limit: number; beforeId: string | null }): Promise<TenantRow[]> {
    return this.dataSource.query<TenantRow[]>(
      `SELECT ${ROW} FROM tenants t WHERE $1::uuid IS NULL OR t.tenant_id < $1
       ORDER BY t.tenant_id DESC LIMIT $2`,
      [page.beforeId, page.limit + 1],
    );
  }

  async find(tenantId: string): Promise<TenantRow | undefined> {
    const rows = await this.dataSource.query<TenantRow[]>(
      `SELECT ${ROW} FROM tenants t WHERE t.tenant_id = $1`,
      [tenantId],
    );
    return rows[0];
  }

  findSettings(tenantId: string): Promise<Tenant | null> {
    return this.dataSource.getRepository(TenantEntity).findOneBy({ tenantId });
  }

  /** The tenant that was there first. */
  async findFirstId(): Promise<string | undefined> {
    const rows = await this.dataSource.query<{ tenantId: string }[]>(
      'SELECT tenant_id AS "tenantId" FROM tenants ORDER BY created_at, tenant_id LIMIT 1',
    );
    return rows[0]?.tenantId;
  }

  async isSuspended(tenantId: string): Promise<boolean> {
    const tenant = await this.findSettings(tenantId);
    return tenant?.suspendedAt !== null;
  }

  /** @throws QueryFailedError on `users_email_key` when the email is taken */
  async insert(tenant: Tenant, admin: User): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.insert(TenantEntity, tenant);
      await manager.insert(UserEntity, admin);
    });
  }

  /** Undefined fields stay. */
  async update(
    tenantId: string,
    change: { name?: string | undefined; requiresSecondFactor?: boolean | undefined },
  ): Promise<void> {
    await this.dataSource.query(
      `UPDATE tenants SET name = coalesce($2, name), requires_second_factor = coalesce($3, requires_second_factor)
       WHERE tenant_id = $1`,
      [tenantId, change.name ?? null, change.requiresSecondFactor ?? null],
    );
  }

  /** Ends the sessions of all members. Keeps the date of an earlier suspension. */
  async suspend(tenantId: string, now: Date): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.query(
        'UPDATE tenants SET suspended_at = coalesce(suspended_at, $2) WHERE tenant_id = $1',
        [tenantId, now],
      );
      await manager.query(
        'DELETE FROM sessions WHERE user_id IN (SELECT user_id FROM users WHERE tenant_id = $1)',
        [tenantId],
      );
    });
  }

  async resume(tenantId: string): Promise<void> {
    await this.dataSource.getRepository(TenantEntity).update({ tenantId }, { suspendedAt: null });
  }
}
