import { Injectable } from '@nestjs/common';
import { DomainError } from '../../platform/errors/domain-error.js';
import { parseId } from '../../platform/http-server/parse-input.js';
import type { Identity } from '../access/identity/domain/identity.js';
import { ResolveAppService, type AppRef } from '../apps/resolve-app.service.js';
import type { WebhookConfig } from './webhook-config.js';
import { WebhookConfigsRepository } from './data/webhook-configs.repository.js';

export interface ResolvedWebhook {
  app: AppRef;
  webhook: WebhookConfig;
}

/** Finds the app and the webhook that a path names, if the caller may see them. */
@Injectable()
export class ResolveWebhookService {
  constructor(
    private readonly resolveApp: ResolveAppService,
    private readonly webhooks: WebhookConfigsRepository,
  ) {}

  /** @throws DomainError 404 when there is no such app or webhook for the caller, 403 when it is bound to another app */
  async forCaller(identity: Identity, appKey: string, webhookId: string): Promise<ResolvedWebhook> {
    const app = await this.resolveApp.forCaller(identity, appKey);
    const webhook = await this.webhooks.find(app.appId, parseId(webhookId, 'webhook'));
    if (!webhook) throw DomainError.notFound('webhook');
    return { app, webhook };
  }

  /** A deleted one too. @throws DomainError as {@link forCaller} */
  async everForCaller(identity: Identity, appKey: string, webhookId: string): Promise<ResolvedWebhook> {
    const app = await this.resolveApp.forCaller(identity, appKey);
    const webhook = await this.webhooks.findEver(app.appId, parseId(webhookId, 'webhook'));
    if (!webhook) throw DomainError.notFound('webhook');
    return { app, webhook };
  }
}
