import { Injectable } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import type { WebhookState } from '@im/contracts/api/webhook-state';
import { maskCallbackUrl } from '@im/contracts/urls/mask-callback-url';
import { Clock } from '../../platform/clock/clock.js';
import { actorOf, type Identity } from '../access/identity/domain/identity.js';
import type { RequestAudit } from '../access/audit/request-audit.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { WebhookConfigsRepository } from './data/webhook-configs.repository.js';
import { UpdateHealthService } from './health/update-health.service.js';
import { SaveWebhookService } from './save-webhook.service.js';
import { ShowWebhookService } from './show-webhook.service.js';
import type { WebhookConfig } from './webhook-config.js';

export interface StateRequest {
  caller: Identity;
  app: AppRef;
  webhook: WebhookConfig;
  /** The revisions the caller changes, see readIfMatch. */
  expected: readonly number[] | null;
  audit: RequestAudit;
}

/** Enables, disables, pauses and resumes a webhook for a person, notes the audit entry, and presents it with what waits. */
@Injectable()
export class ChangeWebhookStateService {
  constructor(
    private readonly save: SaveWebhookService,
    private readonly webhooks: WebhookConfigsRepository,
    private readonly health: UpdateHealthService,
    private readonly showWebhook: ShowWebhookService,
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
    const { caller, app, webhook, expected, audit } = request;
    const paused = await this.save.setPaused(webhook, true, { by: actorOf(caller), expected });
    if (webhook.pausedAt === null) note(request);
    else audit.skip();
    return this.showWebhook.state(paused, app, caller);
  }

  /** Ends a pause and closes the breaker. */
  async resume(request: StateRequest): Promise<Single<WebhookState>> {
    const { caller, app, webhook, expected, audit } = request;
    const resumed = await this.save.setPaused(webhook, false, { by: actorOf(caller), expected });
    const wasOpen = await this.health.closeBreaker(webhook.webhookId);
    if (wasOpen || webhook.pausedAt !== null) note(request);
    else audit.skip();
    return this.showWebhook.state(resumed, app, caller);
  }

  private async setEnabled(
    request: StateRequest,
    enabled: boolean,
    choice: { waiting?: 'cancel' },
  ): Promise<Single<WebhookState>> {
    const { caller, app, webhook, expected, audit } = request;
    const which = { webhookId: webhook.webhookId, app };
    const changed = await this.save.update(which, { enabled }, { by: actorOf(caller), expected });
    note(request, { fields: ['enabled'], ...choice });
    if (choice.waiting === 'cancel') {
      // Before slow work: a change that is made is in the audit log even if the process ends now.
      await audit.record();
      await this.webhooks.cancelWaiting(webhook.webhookId, this.clock.now());
    }
    return this.showWebhook.state(changed, app, caller);
  }
}

function note({ audit, webhook }: StateRequest, detail: Record<string, unknown> = {}): void {
  audit.note({ detail: { url: maskCallbackUrl(webhook.url), ...detail } });
}
