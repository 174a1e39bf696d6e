import { Injectable } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import type { SettingChange, WebhookRevision } from '@im/contracts/api/webhook-revisions';
import type { WebhookState } from '@im/contracts/api/webhook-state';
import type { Webhook } from '@im/contracts/api/webhooks';
import { Clock } from '../../platform/clock/clock.js';
import {
  seesCallbackUrls,
  seesCustomHeaders,
  seesMembers,
  type Identity,
} from '../access/identity/domain/identity.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import type { WebhookConfig } from './webhook-config.js';
import { SealedSettings } from './sealed-settings.js';
import type { RevisionRow } from './domain/revision-row.js';
import { WebhookStatsRepository } from './data/webhook-stats.repository.js';
import { presentRevision, presentWebhook, type OpenedRevision, type WebhookView } from './present-webhook.js';

/** Presents webhooks with their counters and health, as far as the caller may see them. */
@Injectable()
export class ShowWebhookService {
  constructor(
    private readonly stats: WebhookStatsRepository,
    private readonly sealed: SealedSettings,
    private readonly clock: Clock,
  ) {}

  async one(webhook: WebhookConfig, app: AppRef, caller: Identity): Promise<Single<Webhook>> {
    const activity = await this.stats.activityOf([webhook.webhookId], this.clock.now());
    return {
      data: presentWebhook(webhook, app.appKey, activity.get(webhook.webhookId), this.viewOf(caller)),
    };
  }

  /** With how much waits for it. */
  async state(webhook: WebhookConfig, app: AppRef, caller: Identity): Promise<Single<WebhookState>> {
    const { data } = await this.one(webhook, app, caller);
    return { data: { ...data, waiting: data.stats.pending } };
  }

  /** @returns how many deliveries wait for it */
  async waiting(webhookId: string): Promise<number> {
    const activity = await this.stats.activityOf([webhookId], this.clock.now());
    return activity.get(webhookId)?.stats.pending ?? 0;
  }

  async many(rows: readonly WebhookConfig[], app: AppRef, caller: Identity): Promise<Webhook[]> {
    const webhookIds = rows.map((row) => row.webhookId);
    const activity = await this.stats.activityOf(webhookIds, this.clock.now());
    return rows.map((row) =>
      presentWebhook(row, app.appKey, activity.get(row.webhookId), this.viewOf(caller)),
    );
  }

  revisions(rows: readonly RevisionRow[], caller: Identity): WebhookRevision[] {
    const view = this.viewOf(caller);
    return rows.map((row) => presentRevision(this.openRevision(row), view));
  }

  private openRevision({ sealedSettings, sealedChanges, ...row }: RevisionRow): OpenedRevision {
    const { webhookId, settings } = row;
    const { url, headers } = this.sealed.open({ ...settings, webhookId, sealedSettings });
    const privateChanges =
      sealedChanges && (this.sealed.openJson(webhookId, sealedChanges) as SettingChange[] | null);
    return { ...row, settings: { ...settings, url, headers }, privateChanges };
  }

  private viewOf(caller: Identity): WebhookView {
    return {
      showsHeaders: seesCustomHeaders(caller),
      showsUrl: seesCallbackUrls(caller),
      showsMembers: seesMembers(caller),
      now: this.clock.now(),
    };
  }
}
