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

  /** Left out when the actor has as many entries of the action since then. */
  async insertUnlessMany(entry: AuditEntryRow, sinceId: string, max: number): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO audit_entries
         (audit_id, tenant_id, action, actor, actor_id, target_id, detail, ip_address, created_at)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9
       WHERE (
         SELECT count(*) FROM (
           SELECT 1 FROM audit_entries
           WHERE tenant_id = $2 AND audit_id > $10 AND action = $3 AND actor_id = $5 LIMIT $11
         ) AS recent
       ) < $11`,
      [
        entry.auditId,
        entry.tenantId,
        entry.action,
        entry.actor,
        entry.actorId,
        entry.targetId,
        JSON.stringify(entry.detail),
        entry.ipAddress,
        entry.createdAt,
        sinceId,
        max,
      ],
    );
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
