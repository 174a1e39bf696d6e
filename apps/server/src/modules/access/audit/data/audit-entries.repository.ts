import { Injectable } from '@nestjs/common';
import type { AuditAction, AuditFilters } from '@im/contracts/api/audit';
import { And, DataSource, In, LessThan, MoreThanOrEqual, Not } from 'typeorm';
import type { Transaction } from '../../../../platform/database/transaction.js';
import { lowestIdAt } from '../../../../platform/database/time-partitions.js';
import { AuditEntryEntity, type AuditEntryRow } from './audit-entry.entity.js';

const LOGINS: AuditAction[] = ['auth.login', 'auth.login_failed'];

@Injectable()
export class AuditEntriesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @param transaction the one that does what the entry says; absent: it is done already */
  async insert(entry: AuditEntryRow, transaction?: Transaction): Promise<void> {
    // TypeORM's partial type cannot express a record of unknown values; every column is set.
    await (transaction ?? this.dataSource).getRepository(AuditEntryEntity).insert(entry as object);
  }

  /** Skips the entry when the actor has reached the limit of entries of this action since then. */
  async insertBelowLimit(entry: AuditEntryRow, sinceId: string, max: number): Promise<void> {
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

  /**
   * Newest first, in the order of the indexes.
   *
   * @param beforeId the last id of the page before
   */
  list(
    tenantId: string,
    { from, to, logins, ...equal }: AuditFilters,
    page: { limit: number; beforeId: string | null },
  ): Promise<AuditEntryRow[]> {
    // Ids begin with their creation time, so a span of time is a span of ids.
    const bounds = [
      ...(from === undefined ? [] : [MoreThanOrEqual(lowestIdAt(Date.parse(from)))]),
      ...(to === undefined ? [] : [LessThan(lowestIdAt(Date.parse(to)))]),
      ...(page.beforeId === null ? [] : [LessThan(page.beforeId)]),
    ];
    const given = Object.entries(equal).filter(([, value]) => value !== undefined);
    return this.dataSource.getRepository(AuditEntryEntity).find({
      where: {
        tenantId,
        ...(logins === 'false' && equal.action === undefined && { action: Not(In(LOGINS)) }),
        ...Object.fromEntries(given),
        ...(bounds.length > 0 && { auditId: And(...bounds) }),
      },
      order: { auditId: { direction: 'DESC', nulls: 'LAST' } },
      take: page.limit,
    });
  }
}
