import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { actorOf, type Identity } from '../access/identity/domain/identity.js';
import { RecordAuditService } from '../access/audit/record-audit.service.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { DeleteWebhooksRepository } from './data/delete-webhooks.repository.js';

/** Deletes an app for a person. */
@Injectable()
export class DeleteAppService {
  constructor(
    private readonly deletions: DeleteWebhooksRepository,
    private readonly audit: RecordAuditService,
    private readonly clock: Clock,
  ) {}

  /** Also deletes its webhooks and cancels what waits; the rows stay until retention drops them. */
  async delete(identity: Identity, { appId, appKey, name }: AppRef, ipAddress: string): Promise<void> {
    await this.deletions.deleteApp(appId, { by: actorOf(identity), at: this.clock.now() });
    await this.audit.record({ identity, action: 'app.deleted', appKey, detail: { name }, ipAddress });
  }
}
