import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { TenantEntity, type Tenant } from '../../tenants/data/tenant.entity.js';
import { UserEntity, type User } from './user.entity.js';

/** Arbitrary number that names this step among PostgreSQL's advisory locks. */
const LOCK_KEY = 4_010_002;

@Injectable()
export class FirstAdminRepository {
  constructor(private readonly dataSource: DataSource) {}

  hasUsers(): Promise<boolean> {
    return this.dataSource.getRepository(UserEntity).exists();
  }

  /** @returns false when another process was first: nothing was written */
  insertUnlessUsersExist(tenant: Tenant, admin: User): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [LOCK_KEY]);
      if (await manager.exists(UserEntity)) return false;
      await manager.insert(TenantEntity, tenant);
      await manager.insert(UserEntity, admin);
      return true;
    });
  }
}
