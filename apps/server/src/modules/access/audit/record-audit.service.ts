import { Injectable } from '@nestjs/common';
import type { AuditAction } from '@im/contracts/api/audit';
import { v7 as uuidV7 } from 'uuid';
import { Clock } from '../../../platform/clock/clock.js';
import type { Transaction } from '../../../platform/database/transaction.js';
import { Logger } from '../../../platform/logging/logger.js';
import { instantOfId, lowestIdAt } from '../../../platform/database/time-partitions.js';
import { AuditEntriesRepository } from './data/audit-entries.repository.js';
import type { AuditEntryRow } from './data/audit-entry.entity.js';
import type { User } from '../identity/data/user.entity.js';
import { actorIdOf, actorOf, type Identity } from '../identity/domain/identity.js';

export interface AuditRecord {
  identity: Identity;
  action: AuditAction;
  appKey?: string | undefined;
  /** The id of the resource. */
  targetId?: string | undefined;
  /** What changed, in words or field names; never a secret. */
  detail?: Record<string, unknown> | undefined;
  ipAddress?: string | undefined;
}

export interface UserAuditRecord {
  action: AuditAction;
  ipAddress: string;
  detail: Record<string, unknown>;
}

const HOUR_MS = 3_600_000;
const MAX_FAILED_LOGINS_PER_HOUR = 20;

/** Writes the audit log. Secrets are shown only after their entry is written. */
@Injectable()
export class RecordAuditService {
  private sequence = 0;

  constructor(
    private readonly entries: AuditEntriesRepository,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** @param transaction commits the entry together with what it says */
  async record(record: AuditRecord, transaction?: Transaction): Promise<void> {
    const { identity, action, appKey, targetId, detail, ipAddress } = record;
    const createdAt = this.clock.now();
    const entry: AuditEntryRow = {
      auditId: this.newIdAt(createdAt),
      tenantId: identity.tenantId,
      action,
      actor: actorOf(identity),
      actorId: actorIdOf(identity),
      appKey: appKey ?? null,
      targetId: targetId ?? null,
      detail: detail ?? {},
      ipAddress: ipAddress ?? null,
      createdAt,
    };
    await this.entries.insert(entry, transaction);
  }

  /** Records an action of a user without a session. */
  async recordOf(user: User, record: UserAuditRecord): Promise<void> {
    await this.entries.insert(this.entryOf(user, record));
  }

  /**
   * At most {@link MAX_FAILED_LOGINS_PER_HOUR} for a member, so that guessing passwords cannot fill the log. Not awaited:
   * an answer that takes longer would show that there is such a member.
   *
   * @param reason in one word, for the entry's detail
   */
  noteFailedLogin(user: User, ipAddress: string, reason: string): void {
    const entry = this.entryOf(user, { action: 'auth.login_failed', ipAddress, detail: { reason } });
    const sinceId = lowestIdAt(instantOfId(entry.auditId) - HOUR_MS);
    this.entries.insertBelowLimit(entry, sinceId, MAX_FAILED_LOGINS_PER_HOUR).catch((error: unknown) => {
      this.logger.warn('audit.failed_login_not_noted', { message: String(error) });
    });
  }

  private entryOf(user: User, { action, ipAddress, detail }: UserAuditRecord): AuditEntryRow {
    const createdAt = this.clock.now();
    return {
      auditId: this.newIdAt(createdAt),
      tenantId: user.tenantId,
      action,
      actor: user.email,
      actorId: user.userId,
      appKey: null,
      targetId: user.userId,
      detail,
      ipAddress,
      createdAt,
    };
  }

  /** An id of this millisecond, because time ranges are searched as id ranges; in the order of the calls. */
  private newIdAt(createdAt: Date): string {
    this.sequence = (this.sequence + 1) % 2 ** 32;
    return uuidV7({ msecs: createdAt.getTime(), seq: this.sequence });
  }
}
