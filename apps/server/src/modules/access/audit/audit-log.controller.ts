import { Controller, Query, Req, type StreamableFile } from '@nestjs/common';
import { auditEntrySchema, type AuditEntry, type AuditFilters } from '@im/contracts/api/audit';
import type { Page } from '@im/contracts/api/common';
import { auditRoutes } from '@im/contracts/routes/access-routes';
import type { FastifyRequest } from 'fastify';
import { StreamExportService } from '../../../platform/exports/stream-export.service.js';
import { idPage, readIdCursor } from '../../../platform/http-server/id-page.js';
import { parseQuery } from '../../../platform/http-server/parse-input.js';
import { Caller, Route } from '../access.decorators.js';
import { AuditEntriesRepository } from './data/audit-entries.repository.js';
import type { AuditEntryRow } from './data/audit-entry.entity.js';
import type { Identity } from '../identity/domain/identity.js';
import { FindCallerService } from '../identity/find-caller.service.js';
import { RecordAuditService } from './record-audit.service.js';

const EXPORTED_PER_PAGE = 1_000;
const COLUMNS = Object.keys(auditEntrySchema.shape);

@Controller()
export class AuditLogController {
  constructor(
    private readonly entries: AuditEntriesRepository,
    private readonly exports: StreamExportService,
    private readonly audit: RecordAuditService,
    private readonly callers: FindCallerService,
  ) {}

  @Route(auditRoutes.list)
  list(@Caller() identity: Identity, @Query() query: unknown): Promise<Page<AuditEntry>> {
    const { limit, cursor, ...filters } = parseQuery(auditRoutes.list.query, query);
    return this.page(identity.tenantId, filters, limit, cursor);
  }

  @Route(auditRoutes.export)
  async export(
    @Caller() identity: Identity,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
  ): Promise<StreamableFile> {
    const { format, ...filters } = parseQuery(auditRoutes.export.query, query);
    const file = await this.exports.start({
      tenantId: identity.tenantId,
      name: 'audit-log',
      format,
      columns: COLUMNS,
      recheckReader: () => this.callers.findAgain(request, auditRoutes.export.access),
      readPage: (cursor) => this.page(identity.tenantId, filters, EXPORTED_PER_PAGE, cursor),
    });
    const detail = { format, ...filters };
    const { ip: ipAddress } = request;
    await this.audit.record({ identity, action: 'audit_log.exported', detail, ipAddress });
    return file;
  }

  private async page(
    tenantId: string,
    filters: AuditFilters,
    limit: number,
    cursor: string | undefined,
  ): Promise<Page<AuditEntry>> {
    const page = { limit: limit + 1, beforeId: readIdCursor(cursor) };
    const rows = await this.entries.list(tenantId, filters, page);
    return idPage(rows, limit, (row) => row.auditId, presentAuditEntry);
  }
}

function presentAuditEntry(row: AuditEntryRow): AuditEntry {
  const { auditId, action, actor, appKey, targetId, detail, ipAddress, createdAt } = row;
  return { auditId, action, actor, appKey, targetId, detail, ipAddress, at: createdAt.toISOString() };
}
