/** Finds the app and the webhook that a caller of `/api/webhooks` means; its paths name no app. */
import { Injectable } from '@nestjs/common';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Identity } from '../access/identity/domain/identity.js';
import { ReadAppService } from '../apps/read-app.service.js';
import { ResolveAppService, type AppRef } from '../apps/resolve-app.service.js';
import { FindWebhooksService } from '../webhook-configs/find-webhooks.service.js';
import { ResolveWebhookService } from '../webhook-configs/resolve-webhook.service.js';
import type { WebhookConfig } from '../webhook-configs/webhook-config.js';

@Injectable()
export class FindProjectService {
  constructor(
    private readonly apps: ResolveAppService,
    private readonly readApp: ReadAppService,
    private readonly settings: FindWebhooksService,
    private readonly webhooks: ResolveWebhookService,
  ) {}

  /**
   * @param projectId an AppKey or an external id; absent: the caller's app, or the tenant's oldest one
   * @throws DomainError 404 when the tenant has no such app, 403 when the caller is bound to another one
   */
  appOf(caller: Identity, projectId: string | null | undefined): Promise<AppRef> {
    return this.apps.meantBy(caller, projectId ?? undefined);
  }

  /** @throws DomainError 404 when the tenant has no such webhook, 403 when the caller is bound to another app */
  async webhookOf(caller: Identity, webhookId: string): Promise<{ app: AppRef; webhook: WebhookConfig }> {
    const found = (await this.settings.settingsOf([webhookId], caller.checkedAt)).get(webhookId);
    if (found?.app.tenantId !== caller.tenantId) throw DomainError.notFound('webhook');
    const app = await this.apps.forCaller(caller, found.app.appKey);
    return { app, webhook: await this.webhooks.find(app, webhookId) };
  }

  /** What clients know the app by. */
  async projectIdOf(app: AppRef): Promise<string> {
    return (await this.readApp.read(app)).externalId ?? app.appKey;
  }
}
