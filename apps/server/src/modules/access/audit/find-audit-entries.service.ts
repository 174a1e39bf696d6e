import { Injectable } from '@nestjs/common';
import type { AuditAction } from '@im/contracts/api/audit';
import type { AppRef } from '../app-of-path.js';
import { AuditEntriesRepository } from './data/audit-entries.repository.js';

/** What other modules may know of an entry: who did what to whom, without address and detail. */
export interface AuditedAction {
  action: AuditAction;
  actor: string;
  targetId: string | null;
  at: Date;
}

/** Finds entries of the audit log about an app. */
@Injectable()
export class FindAuditEntriesService {
  constructor(private readonly entries: AuditEntriesRepository) {}

  /** Newest first. @param to exclusive */
  async ofApp(
    { tenantId, appKey }: AppRef,
    action: AuditAction,
    span: { from: Date; to: Date },
    limit: number,
  ): Promise<AuditedAction[]> {
    const filters = { appKey, action, from: span.from.toISOString(), to: span.to.toISOString() };
    const rows = await this.entries.list(tenantId, filters, { limit, beforeId: null });
    return rows.map(({ actor, targetId, createdAt }) => ({ action, actor, targetId, at: createdAt }));
  }
}
