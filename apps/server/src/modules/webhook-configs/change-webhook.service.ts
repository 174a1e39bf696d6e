import { Injectable } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import type { Webhook } from '@im/contracts/api/webhooks';
import { maskCallbackUrl } from '@im/contracts/urls/mask-callback-url';
import { actorOf, type Identity } from '../access/identity/domain/identity.js';
import { RecordAuditService } from '../access/audit/record-audit.service.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import type { WebhookConfig } from './webhook-config.js';
import { SaveWebhookService } from './save-webhook.service.js';
import { ShowWebhookService } from './show-webhook.service.js';

export interface WebhookRequest {
  caller: Identity;
  app: AppRef;
  webhook: WebhookConfig;
  ipAddress: string;
}

type UpdateInput = Parameters<SaveWebhookService['update']>[1];
/** The revisions that the caller expects, see readIfMatch. */
export type Expected = readonly number[] | null;

/** Changes a webhook for a person, with audit entry, and presents it. */
@Injectable()
export class ChangeWebhookService {
  constructor(
    private readonly save: SaveWebhookService,
    private readonly showWebhook: ShowWebhookService,
    private readonly audit: RecordAuditService,
  ) {}

  async change(
    request: WebhookRequest & { input: UpdateInput; expected: Expected },
  ): Promise<Single<Webhook>> {
    const { caller, app, webhook, input, expected, ipAddress } = request;
    const target = { webhookId: webhook.webhookId, tenantId: app.tenantId };
    const changed = await this.save.update(target, input, { by: actorOf(caller), expected });
    await this.audit.record({
      identity: caller,
      action: 'webhook.updated',
      appKey: app.appKey,
      targetId: webhook.webhookId,
      detail: { url: maskCallbackUrl(changed.url), fields: Object.keys(input) },
      ipAddress,
    });
    return this.showWebhook.one(changed, app, caller);
  }

  async delete(request: WebhookRequest & { expected: Expected }): Promise<void> {
    const { caller, app, webhook, expected, ipAddress } = request;
    await this.save.delete(webhook, { by: actorOf(caller), expected });
    await this.audit.record({
      identity: caller,
      action: 'webhook.deleted',
      appKey: app.appKey,
      targetId: webhook.webhookId,
      detail: { url: maskCallbackUrl(webhook.url) },
      ipAddress,
    });
  }
}
