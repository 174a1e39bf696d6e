import { Injectable } from '@nestjs/common';
import type { UpdateAppRequest } from '@im/contracts/api/apps';
import { Clock } from '../../platform/clock/clock.js';
import type { Identity } from '../access/identity/domain/identity.js';
import { RecordAuditService } from '../access/audit/record-audit.service.js';
import { CheckRetentionService } from './check-retention.service.js';
import type { AppRow } from './data/app.entity.js';
import { AppsRepository } from './data/apps.repository.js';
import { ReadAppService } from './read-app.service.js';
import type { AppRef } from './resolve-app.service.js';

@Injectable()
export class UpdateAppService {
  constructor(
    private readonly apps: AppsRepository,
    private readonly readApp: ReadAppService,
    private readonly checkRetention: CheckRetentionService,
    private readonly audit: RecordAuditService,
    private readonly clock: Clock,
  ) {}

  /** Fields that are absent stay as they are. @throws DomainError `not_found` */
  async update(
    identity: Identity,
    { appId, appKey }: AppRef,
    change: UpdateAppRequest,
    ipAddress: string,
  ): Promise<AppRow> {
    this.checkRetention.check(change.retention);
    const changedFields = Object.keys(change);
    if (changedFields.length > 0) {
      await this.apps.update(appId, change, this.clock.now());
      await this.audit.record({
        identity,
        action: 'app.updated',
        appKey,
        detail: { changedFields },
        ipAddress,
      });
    }
    return this.readApp.read({ appId });
  }
}
