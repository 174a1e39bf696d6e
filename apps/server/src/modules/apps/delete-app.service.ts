import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { actorOf, type Identity } from '../access/identity/domain/identity.js';
import { RecordAuditService } from '../access/audit/record-audit.service.js';
import { AppsRepository } from './data/apps.repository.js';
import type { AppRef } from './resolve-app.service.js';

@Injectable()
export class DeleteAppService {
  constructor(
    private readonly apps: AppsRepository,
    private readonly audit: RecordAuditService,
    private readonly clock: Clock,
  ) {}

  /** Its webhooks go with it, what waits to be delivered is canceled; the rows stay until retention drops them. */
  async delete(identity: Identity, { appId, appKey, name }: AppRef, ipAddress: string): Promise<void> {
    await this.apps.softDelete(appId, this.clock.now(), actorOf(identity));
    await this.audit.record({ identity, action: 'app.deleted', appKey, detail: { name }, ipAddress });
  }
}
