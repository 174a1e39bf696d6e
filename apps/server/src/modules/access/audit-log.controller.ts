import { Controller, Query } from '@nestjs/common';
import type { AuditEntry } from '@im/contracts/api/audit';
import type { Page } from '@im/contracts/api/common';
import { auditRoutes } from '@im/contracts/routes/access-routes';
import { idPage, readIdCursor } from '../../platform/http/id-page.js';
import { parseQuery } from '../../platform/http/parse-input.js';
import { Caller, Route } from './access.decorators.js';
import { AuditEntriesRepository } from './data/audit-entries.repository.js';
import type { AuditEntryRow } from './data/audit-entry.entity.js';
import type { Identity } from './domain/identity.js';

@Controller()
export class AuditLogController {
  constructor(private readonly entries: AuditEntriesRepository) {}

  @Route(auditRoutes.list)
  async list(@Caller() identity: Identity, @Query() query: unknown): Promise<Page<AuditEntry>> {
    const { limit, cursor, action, appKey } = parseQuery(auditRoutes.list.query, query);
    const page = { limit, beforeId: readIdCursor(cursor) };
    const rows = await this.entries.list({ tenantId: identity.tenantId, action, appKey }, page);
    return idPage(rows, limit, (row) => row.auditId, presentAuditEntry);
  }
}

function presentAuditEntry(row: AuditEntryRow): AuditEntry {
  const { auditId, action, actor, appKey, targetId, detail, ipAddress, createdAt } = row;
  return { auditId, action, actor, appKey, targetId, detail, ipAddress, at: createdAt.toISOString() };
}
