import type { AuditAction } from '@im/contracts/api/audit';
import type { Transaction } from '../../../platform/database/transaction.js';
import type { AuditRecord, RecordAuditService } from './record-audit.service.js';

/** What a handler adds to the entry, or sets instead of the default. */
export interface AuditNote<Action extends AuditAction = AuditAction> extends Partial<
  Pick<AuditRecord, 'appKey' | 'targetId' | 'detail'>
> {
  action?: Action;
}

/**
 * Collects the audit entries of one request. If the handler notes nothing, there is one entry: the route's action, the
 * app and the last id of the path.
 */
export class RequestAudit<Action extends AuditAction = AuditAction> {
  private readonly pending: AuditRecord[] = [];
  private isDecided = false;

  constructor(
    private readonly records: Pick<RecordAuditService, 'record'>,
    private readonly standard: AuditRecord,
  ) {}

  /** Adds an entry for something done; it is written even if the request fails later. */
  note(entry: AuditNote<Action> = {}): void {
    this.isDecided = true;
    this.pending.push({ ...this.standard, ...entry });
  }

  /** Writes no entry, because nothing has changed. */
  skip(): void {
    this.isDecided = true;
  }

  /** The handler has succeeded. */
  complete(): void {
    if (!this.isDecided) this.note();
  }

  /**
   * Writes the entries noted so far. The interceptor calls it; a handler may call it before slow work, or within the
   * transaction that does what they say.
   */
  async record(transaction?: Transaction): Promise<void> {
    for (const entry of this.pending.splice(0)) await this.records.record(entry, transaction);
  }
}
