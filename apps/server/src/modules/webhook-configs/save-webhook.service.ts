/** Creates, changes and deletes callback configurations. */
import { Injectable } from '@nestjs/common';
import { completeRetryPolicy } from '@im/contracts/api/retry-policy';
import type { createWebhookRequestSchema, updateWebhookRequestSchema } from '@im/contracts/api/webhooks';
import { v7 as uuidV7 } from 'uuid';
import type { z } from 'zod';
import { Clock } from '../../platform/clock/clock.js';
import { SecretBox } from '../../platform/crypto/secret-box.js';
import { CheckWebhookUrlService } from './check-webhook-url.service.js';
import { NO_ROTATION, webhookSecretContext, type WebhookConfig } from './data/webhook-config.entity.js';
import { WebhookConfigsRepository } from './data/webhook-configs.repository.js';

type CreateInput = z.output<typeof createWebhookRequestSchema>;
type UpdateInput = z.output<typeof updateWebhookRequestSchema>;

@Injectable()
export class SaveWebhookService {
  constructor(
    private readonly webhooks: WebhookConfigsRepository,
    private readonly checkUrl: CheckWebhookUrlService,
    private readonly secretBox: SecretBox,
    private readonly clock: Clock,
  ) {}

  async create(appId: string, input: CreateInput, createdBy: string): Promise<WebhookConfig> {
    const url = await this.checkUrl.check(input.url);
    const webhookId = uuidV7();
    const now = this.clock.now();
    const webhook: WebhookConfig = {
      webhookId,
      appId,
      name: input.name ?? new URL(url).host,
      description: input.description ?? '',
      url,
      isEnabled: input.enabled,
      disabledReason: input.enabled ? null : 'by_person',
      events: input.events,
      headers: input.headers,
      timeoutMs: input.timeoutMs,
      retryPolicy: completeRetryPolicy(input.retryPolicy ?? {}),
      secretCiphertext: input.secret ? this.seal(webhookId, input.secret) : null,
      ...NO_ROTATION,
      createdBy,
      createdAt: now,
      updatedAt: now,
      deletedAt: null,
    };
    await this.webhooks.insert(webhook);
    return webhook;
  }

  /** Absent fields stay; an empty secret stays too, `null` removes it. Either way of setting it ends a rotation. */
  async update(webhook: WebhookConfig, input: UpdateInput): Promise<WebhookConfig> {
    const changes: Partial<WebhookConfig> = { updatedAt: this.clock.now() };
    if (input.url !== undefined) changes.url = await this.checkUrl.check(input.url);
    if (input.name !== undefined) changes.name = input.name;
    if (input.description !== undefined) changes.description = input.description;
    if (input.events !== undefined) changes.events = input.events;
    if (input.headers !== undefined) changes.headers = input.headers;
    if (input.timeoutMs !== undefined) changes.timeoutMs = input.timeoutMs;
    if (input.retryPolicy !== undefined) changes.retryPolicy = completeRetryPolicy(input.retryPolicy);
    if (input.enabled !== undefined && input.enabled !== webhook.isEnabled) {
      changes.isEnabled = input.enabled;
      changes.disabledReason = input.enabled ? null : 'by_person';
    }
    if (input.secret === null || input.secret) {
      const secretCiphertext = input.secret && this.seal(webhook.webhookId, input.secret);
      Object.assign(changes, { ...NO_ROTATION, secretCiphertext });
    }
    await this.webhooks.update(webhook.webhookId, changes);
    return { ...webhook, ...changes };
  }

  async delete(webhook: WebhookConfig): Promise<void> {
    await this.webhooks.softDelete(webhook.webhookId, this.clock.now());
  }

  /** The webhook's own secret, or null when the AppSecret signs. */
  revealSecret(webhook: WebhookConfig): string | null {
    return (
      webhook.secretCiphertext &&
      this.secretBox.open(webhook.secretCiphertext, webhookSecretContext(webhook.webhookId))
    );
  }

  private seal(webhookId: string, secret: string): Buffer {
    return this.secretBox.seal(secret, webhookSecretContext(webhookId));
  }
}
