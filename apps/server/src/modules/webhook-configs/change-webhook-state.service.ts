import { Injectable } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import type { AuditAction } from '@im/contracts/api/audit';
import type { WebhookState } from '@im/contracts/api/webhook-state';
import { maskCallbackUrl } from '@im/contracts/urls/mask-callback-url';
import { Clock } from '../../platform/clock/clock.js';
import { actorOf } from '../access/identity/domain/identity.js';
import { RecordAuditService } from '../access/audit/record-audit.service.js';
import type { Expected, WebhookRequest } from './change-webhook.service.js';
import { WebhookConfigsRepository } from './data/webhook-configs.repository.js';
import { UpdateHealthService } from './health/update-health.service.js';
import { SaveWebhookService } from './save-webhook.service.js';
import { ShowWebhookService } from './show-webhook.service.js';

interface StateRequest extends WebhookRequest {
  expected: Expected;
}

/** Enables, disables, pauses and resumes a webhook for a person, with audit entry, and presents it with what waits. */
@Injectable()
export class ChangeWebhookStateService {
  constructor(
    private readonly save: SaveWebhookService,
    private readonly webhooks: WebhookConfigsRepository,
    private readonly health: UpdateHealthService,
    private readonly showWebhook: ShowWebhookService,
    private readonly audit: RecordAuditService,
    private readonly clock: Clock,
  ) {}

  async enable(request: StateRequest): Promise<Single<WebhookState>> {
    return this.setEnabled(request, true, {});
  }

  /** @param waiting what happens to waiting deliveries */
  async disable(request: StateRequest, waiting: 'keep' | 'cancel'): Promise<Single<WebhookState>> {
    return this.setEnabled(request, false, waiting === 'cancel' ? { waiting } : {});
  }

  async pause(request: StateRequest): Promise<Single<WebhookState>> {
    const { caller, app, webhook, expected } = request;
    const paused = await this.save.setPaused(webhook, true, { by: actorOf(caller), expected });
    if (webhook.pausedAt === null) await this.record(request, 'webhook.paused');
    return this.showWebhook.state(paused, app, caller);
  }

  /** Ends a pause and closes the breaker. */
  async resume(request: StateRequest): Promise<Single<WebhookState>> {
    const { caller, app, webhook, expected } = request;
    const resumed = await this.save.setPaused(webhook, false, { by: actorOf(caller), expected });
    const wasOpen = await this.health.closeBreaker(webhook.webhookId);
    if (wasOpen || webhook.pausedAt !== null) await this.record(request, 'webhook.resumed');
    return this.showWebhook.state(resumed, app, caller);
  }

  private async setEnabled(
    request: StateRequest,
    enabled: boolean,
    choice: { waiting?: 'cancel' },
  ): Promise<Single<WebhookState>> {
    const { caller, app, webhook, expected } = request;
    const which = { webhookId: webhook.webhookId, tenantId: app.tenantId };
    const changed = await this.save.update(which, { enabled }, { by: actorOf(caller), expected });
    // Before slow steps, so that the audit entry exists even if they fail.
    await this.record(request, 'webhook.updated', { fields: ['enabled'], ...choice });
    if (choice.waiting === 'cancel') {
      await this.webhooks.cancelWaiting(webhook.webhookId, this.clock.now());
    }
    return this.showWebhook.state(changed, app, caller);
  }

  private record(
    { caller, app, webhook, ipAddress }: StateRequest,
    action: AuditAction,
    detail: Record<string, unknown> = {},
  ): Promise<void> {
    return this.audit.record({
      identity: caller,
      action,
      appKey: app.appKey,
      targetId: webhook.webhookId,
      detail: { url: maskCallbackUrl(webhook.url), ...detail },
      ipAddress,
    });
  }
}
