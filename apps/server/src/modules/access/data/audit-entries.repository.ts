import { Injectable } from '@nestjs/common';
import type { AuditAction } from '@im/contracts/api/audit';
import { DataSource, LessThan } from 'typeorm';
import { AuditEntryEntity, type AuditEntryRow } from './audit-entry.entity.js';

export interface AuditFilter {
  tenantId: string;
  action?: AuditAction | undefined;
  appKey?: string | undefined;
}

@Injectable()
export class AuditEntriesRepository {
  constructor(private readonly dataSource: DataSource) {}

  async insert(entry: AuditEntryRow): Promise<void> {
    // TypeORM's partial type cannot express a record of unknown values; every column is set.
    await this.dataSource.getRepository(AuditEntryEntity).insert(entry as object);
  }

  /** Newest first; one row more than the limit when there is another page. */
  list(filter: AuditFilter, page: { limit: number; beforeId: string | null }): Promise<AuditEntryRow[]> {
    const { tenantId, action, appKey } = filter;
    return this.dataSource.getRepository(AuditEntryEntity).find({
      where: {
        tenantId,
        ...(action && { action }),
        ...(appKey !== undefined && { appKey }),
        ...(page.beforeId !== null && { auditId: LessThan(page.beforeId) }),
      },
      order: { auditId: 'DESC' },
      take: page.limit + 1,
    });
  }
}
