import { Injectable } from '@nestjs/common';
import type { Page, Single } from '@im/contracts/api/common';
import type { Webhook } from '@im/contracts/api/webhooks';
import { Clock } from '../../platform/clock/clock.js';
import { idPage } from '../../platform/http/id-page.js';
import type { Identity } from '../access/domain/identity.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import type { WebhookConfig } from './data/webhook-config.entity.js';
import { WebhookStatsRepository } from './data/webhook-stats.repository.js';
import { presentWebhook, type WebhookView } from './present-webhook.js';

/** Webhooks with their counters and health, as far as the caller may see them. */
@Injectable()
export class ShowWebhookService {
  constructor(
    private readonly stats: WebhookStatsRepository,
    private readonly clock: Clock,
  ) {}

  async one(webhook: WebhookConfig, app: AppRef, caller: Identity): Promise<Single<Webhook>> {
    const activity = await this.stats.activityOf([webhook.webhookId]);
    return {
      data: presentWebhook(webhook, app.appKey, activity.get(webhook.webhookId), this.viewOf(caller)),
    };
  }

  async page(rows: WebhookConfig[], limit: number, app: AppRef, caller: Identity): Promise<Page<Webhook>> {
    const activity = await this.stats.activityOf(rows.map((row) => row.webhookId));
    return idPage(
      rows,
      limit,
      (row) => row.webhookId,
      (row) => presentWebhook(row, app.appKey, activity.get(row.webhookId), this.viewOf(caller)),
    );
  }

  private viewOf(caller: Identity): WebhookView {
    return { showsHeaders: showsHeaders(caller), now: this.clock.now() };
  }
}

/** Custom headers often hold credentials of the receiver; support staff see their names only. */
function showsHeaders(caller: Identity): boolean {
  return caller.kind !== 'session' || caller.role !== 'support';
}
