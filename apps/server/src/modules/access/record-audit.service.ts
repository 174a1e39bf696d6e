import { Injectable } from '@nestjs/common';
import type { AuditAction } from '@im/contracts/api/audit';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../../platform/clock/clock.js';
import { AuditEntriesRepository } from './data/audit-entries.repository.js';
import { actorIdOf, actorOf, type Identity } from './domain/identity.js';

export interface AuditRecord {
  identity: Identity;
  action: AuditAction;
  appKey?: string | undefined;
  /** The id of the thing acted on. */
  targetId?: string | undefined;
  /** What changed, in words or field names; never a secret. */
  detail?: Record<string, unknown> | undefined;
  ipAddress?: string | undefined;
}

/** Writes the audit log. What shows a secret records first and shows then, so that nothing is seen unrecorded. */
@Injectable()
export class RecordAuditService {
  constructor(
    private readonly entries: AuditEntriesRepository,
    private readonly clock: Clock,
  ) {}

  async record(record: AuditRecord): Promise<void> {
    const { identity, action, appKey, targetId, detail, ipAddress } = record;
    await this.entries.insert({
      auditId: uuidv7(),
      tenantId: identity.tenantId,
      action,
      actor: actorOf(identity),
      actorId: actorIdOf(identity),
      appKey: appKey ?? null,
      targetId: targetId ?? null,
      detail: detail ?? {},
      ipAddress: ipAddress ?? null,
      createdAt: this.clock.now(),
    });
  }
}
