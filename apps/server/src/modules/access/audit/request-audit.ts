import type { AuditAction } from '@im/contracts/api/audit';
import type { AuditRecord, RecordAuditService } from './record-audit.service.js';

/** What a handler adds to the entry, or puts in place of what follows from the request. */
export interface AuditNote<Action extends AuditAction = AuditAction> extends Partial<
  Pick<AuditRecord, 'appKey' | 'targetId' | 'detail'>
> {
  action?: Action;
}

/**
 * Collects what the audit log will say of one request. If the handler notes nothing it is one entry: the route's action,
 * the app and the last id of the path.
 */
export class RequestAudit<Action extends AuditAction = AuditAction> {
  private readonly pending: AuditRecord[] = [];
  private isDecided = false;

  constructor(
    private readonly records: Pick<RecordAuditService, 'record'>,
    private readonly standard: AuditRecord,
  ) {}

  /** For what is done: it is recorded even if the request fails after it. Each note is an entry of its own. */
  note(entry: AuditNote<Action> = {}): void {
    this.isDecided = true;
    this.pending.push({ ...this.standard, ...entry });
  }

  /** Nothing has changed: there is nothing to record. */
  skip(): void {
    this.isDecided = true;
  }

  /** The handler has succeeded. */
  complete(): void {
    if (!this.isDecided) this.note();
  }

  /** Writes what is noted and not written yet; the interceptor calls it, and before slow work so may a handler. */
  async record(): Promise<void> {
    for (const entry of this.pending.splice(0)) await this.records.record(entry);
  }
}
