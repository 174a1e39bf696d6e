import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DomainError } from '../../platform/errors/domain-error.js';
import { isShown } from '../access/app-of-path.js';
import { ExternalIds } from '../access/external-ids.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import type { WebhookConfig } from './webhook-config.js';
import { WebhookConfigsRepository } from './data/webhook-configs.repository.js';

/** Finds the webhook of an app that a path names. */
@Injectable()
export class ResolveWebhookService implements OnModuleInit {
  constructor(
    private readonly webhooks: WebhookConfigsRepository,
    private readonly externalIds: ExternalIds,
  ) {}

  onModuleInit(): void {
    this.externalIds.add('/webhooks/{webhookId}', ({ appId }, externalId) =>
      this.webhooks.findIdByExternalId(appId, externalId),
    );
  }

  /** @throws DomainError `not_found` */
  async find(app: AppRef, webhookId: string): Promise<WebhookConfig> {
    return foundOr404(isShown(app, webhookId) ? await this.webhooks.find(app.appId, webhookId) : null);
  }

  /** A deleted one too. @throws DomainError `not_found` */
  async findEver(app: AppRef, webhookId: string): Promise<WebhookConfig> {
    return foundOr404(isShown(app, webhookId) ? await this.webhooks.findEver(app.appId, webhookId) : null);
  }
}

function foundOr404(webhook: WebhookConfig | null): WebhookConfig {
  if (!webhook) throw DomainError.notFound('webhook');
  return webhook;
}
