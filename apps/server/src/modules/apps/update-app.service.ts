import { Injectable } from '@nestjs/common';
import type { UpdateAppRequest } from '@im/contracts/api/apps';
import { Clock } from '../../platform/clock/clock.js';
import type { RequestAudit } from '../access/audit/request-audit.js';
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
    private readonly clock: Clock,
  ) {}

  /** Fields that are absent stay as they are. @throws DomainError `not_found`; `external_id_taken` */
  async update({ appId }: AppRef, change: UpdateAppRequest, audit: RequestAudit): Promise<AppRow> {
    this.checkRetention.check(change.retention);
    const changedFields = Object.keys(change);
    if (changedFields.length > 0) {
      await this.apps.update(appId, change, this.clock.now());
      audit.note({ detail: { changedFields } });
    } else audit.skip();
    return this.readApp.read({ appId });
  }
}
