import { Injectable } from '@nestjs/common';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import type { WebhookConfig } from './webhook-config.js';
import { WebhookConfigsRepository } from './data/webhook-configs.repository.js';

/** Finds the webhook of an app that a path names. */
@Injectable()
export class ResolveWebhookService {
  constructor(private readonly webhooks: WebhookConfigsRepository) {}

  /** @throws DomainError `not_found` */
  async find({ appId }: AppRef, webhookId: string): Promise<WebhookConfig> {
    return foundOr404(await this.webhooks.find(appId, webhookId));
  }

  /** A deleted one too. @throws DomainError `not_found` */
  async findEver({ appId }: AppRef, webhookId: string): Promise<WebhookConfig> {
    return foundOr404(await this.webhooks.findEver(appId, webhookId));
  }
}

function foundOr404(webhook: WebhookConfig | null): WebhookConfig {
  if (!webhook) throw DomainError.notFound('webhook');
  return webhook;
}
