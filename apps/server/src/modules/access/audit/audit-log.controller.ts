import { Controller, type StreamableFile } from '@nestjs/common';
import {
  auditEntrySchema,
  type AuditEntry,
  type AuditFilters,
  type ListedAuditEntry,
} from '@im/contracts/api/audit';
import type { Page } from '@im/contracts/api/common';
import { auditRoutes } from '@im/contracts/routes/access-routes';
import { StreamExportService } from '../../../platform/exports/stream-export.service.js';
import { idPage, readIdCursor } from '../../../platform/http-server/id-page.js';
import { Input, Route, type RouteInput } from '../access.decorators.js';
import { AuditEntriesRepository } from './data/audit-entries.repository.js';
import type { AuditEntryRow } from './data/audit-entry.entity.js';
import { FindCallerService } from '../identity/find-caller.service.js';
import { NameAuditSubjectsService } from './name-audit-subjects.service.js';

const EXPORTED_PER_PAGE = 1_000;
const COLUMNS = Object.keys(auditEntrySchema.shape);

@Controller()
export class AuditLogController {
  constructor(
    private readonly entries: AuditEntriesRepository,
    private readonly exports: StreamExportService,
    private readonly callers: FindCallerService,
    private readonly subjects: NameAuditSubjectsService,
  ) {}

  @Route(auditRoutes.list)
  async list(
    @Input() { caller, query }: RouteInput<typeof auditRoutes.list>,
  ): Promise<Page<ListedAuditEntry>> {
    const { limit, cursor, ...filters } = query;
    const { data, page } = await this.page(caller.tenantId, filters, limit, cursor);
    return { data: await this.subjects.name(caller.tenantId, data), page };
  }

  @Route(auditRoutes.export)
  async export(
    @Input() { caller, query, request, audit }: RouteInput<typeof auditRoutes.export>,
  ): Promise<StreamableFile> {
    const { tenantId } = caller;
    const { format, ...filters } = query;
    const file = await this.exports.start({
      tenantId,
      name: 'audit-log',
      format,
      columns: COLUMNS,
      recheckReader: () => this.callers.findAgain(request, auditRoutes.export.access),
      readPage: (cursor) => this.page(tenantId, filters, EXPORTED_PER_PAGE, cursor),
    });
    audit.note({ detail: { format, ...filters } });
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
