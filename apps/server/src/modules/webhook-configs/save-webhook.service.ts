/** Creates, changes and deletes callback configurations. */
import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { completeRetryPolicy, type RetryPolicy } from '@im/contracts/api/retry-policy';
import type { createWebhookRequestSchema, updateWebhookRequestSchema } from '@im/contracts/api/webhooks';
import { isTunnelUrl } from '@im/contracts/urls/tunnel-url';
import { uuidV7 } from '../../platform/crypto/random-pool.js';
import type { z } from 'zod';
import { Clock } from '../../platform/clock/clock.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { SecretBox } from '../../platform/crypto/secret-box.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { CheckWebhookUrlService } from './check-webhook-url.service.js';
import { NO_ROTATION, webhookSecretContext, type WebhookConfig } from './webhook-config.js';
import { DeleteWebhooksRepository } from './data/delete-webhooks.repository.js';
import { WebhookConfigsRepository, type WebhookChange } from './data/webhook-configs.repository.js';
import { refuseConflicts } from './refuse-conflicts.js';
import { SealClientCertificateService } from './seal-client-certificate.service.js';

type CreateInput = z.output<typeof createWebhookRequestSchema>;
type UpdateInput = z.output<typeof updateWebhookRequestSchema>;

/** Who changes, and which revision they saw. */
export type Changer = Omit<WebhookChange, 'at'>;

@Injectable()
export class SaveWebhookService {
  constructor(
    private readonly webhooks: WebhookConfigsRepository,
    private readonly deletions: DeleteWebhooksRepository,
    private readonly checkUrl: CheckWebhookUrlService,
    private readonly clientCertificates: SealClientCertificateService,
    private readonly secretBox: SecretBox,
    private readonly clock: Clock,
  ) {}

  async create(
    app: Pick<AppRef, 'appId' | 'tenantId'>,
    input: CreateInput,
    createdBy: string,
    webhookId: string = uuidV7(),
  ): Promise<WebhookConfig> {
    const url = await this.checkUrl.check(input.url, app);
    const now = this.clock.now();
    const webhook: WebhookConfig = {
      webhookId,
      appId: app.appId,
      name: input.name ?? new URL(url).host,
      description: input.description ?? '',
      externalId: input.externalId ?? null,
      url,
      isEnabled: input.enabled,
      disabledReason: input.enabled ? null : 'by_person',
      pausedAt: null,
      pausedBy: null,
      events: input.events,
      headers: input.headers,
      timeoutMs: input.timeoutMs,
      retryPolicy: completeRetryPolicy(input.retryPolicy ?? {}),
      ordering: input.ordering,
      batch: input.batch,
      format: input.format,
      signatureScheme: input.signature,
      signaturePrefix: input.signaturePrefix,
      rateLimitPerSecond: input.rateLimitPerSecond,
      before: input.before,
      secretCiphertext: input.secret ? this.seal(webhookId, input.secret) : null,
      ...NO_ROTATION,
      ...this.clientCertificates.seal(webhookId, input.clientCertificate ?? null),
      revision: 1,
      createdBy,
      createdAt: now,
      updatedAt: now,
      deletedAt: null,
    };
    await this.webhooks.insert(webhook);
    return webhook;
  }

  /**
   * Absent fields stay; an empty secret stays too, `null` removes it. Either way of setting it ends a rotation.
   *
   * @throws DomainError `invalid_input` when the change and what stays cannot be together, `precondition_failed`,
   *   `conflict` when another webhook decides about one of its events, `external_id_taken`
   */
  async update(
    { webhookId, app }: { webhookId: string; app: Pick<AppRef, 'appId' | 'tenantId'> },
    input: UpdateInput,
    who: Changer,
  ): Promise<WebhookConfig> {
    const url = input.url === undefined ? undefined : await this.checkUrl.check(input.url, app);
    const secretCiphertext = input.secret && this.seal(webhookId, input.secret);
    const { clientCertificate } = input;
    const sealed =
      clientCertificate !== undefined && this.clientCertificates.seal(webhookId, clientCertificate);
    const before: { retryPolicy?: RetryPolicy } = {};
    const changed = await this.webhooks.change(webhookId, { ...who, at: this.clock.now() }, (webhook) => {
      refuseConflicts(webhook, input);
      const changes = plainChanges(input);
      before.retryPolicy = webhook.retryPolicy;
      if (url !== undefined) {
        refuseNewAddress(webhook.url, url);
        changes.url = url;
      }
      if (input.enabled !== undefined && input.enabled !== webhook.isEnabled) {
        changes.isEnabled = input.enabled;
        changes.disabledReason = input.enabled ? null : 'by_person';
      }
      if (secretCiphertext === null || secretCiphertext) {
        Object.assign(changes, { ...NO_ROTATION, secretCiphertext });
      }
      if (sealed) Object.assign(changes, sealed);
      return changes;
    });
    if (!isDeepStrictEqual(changed.retryPolicy, before.retryPolicy))
      await this.webhooks.followPolicy(webhookId, changed.retryPolicy);
    return changed;
  }

  /**
   * Pauses a webhook, or ends the pause.
   *
   * @throws DomainError `precondition_failed`
   */
  async setPaused({ webhookId }: WebhookConfig, isPaused: boolean, who: Changer): Promise<WebhookConfig> {
    const at = this.clock.now();
    return this.webhooks.change(webhookId, { ...who, at }, ({ pausedAt }) => {
      if (!isPaused) return { pausedAt: null, pausedBy: null };
      return pausedAt === null ? { pausedAt: at, pausedBy: who.by } : {};
    });
  }

  /** @throws DomainError `precondition_failed` */
  async delete({ webhookId }: Pick<WebhookConfig, 'webhookId'>, who: Changer): Promise<void> {
    await this.deletions.deleteOne(webhookId, { ...who, at: this.clock.now() });
  }

  private seal(webhookId: string, secret: string): Buffer {
    return this.secretBox.seal(secret, webhookSecretContext(webhookId));
  }
}

/** What waits for the client of a tunnel must not go elsewhere when the webhook is soon deleted. */
function refuseNewAddress(before: string, url: string): void {
  if (!isTunnelUrl(before) || url === before) return;
  const message =
    'is that of a temporary webhook, which cannot be changed; create a webhook with the new URL';
  throw DomainError.invalid({ pointer: '/url', code: 'invalid_value', message });
}

/** The fields that are stored unchanged. */
function plainChanges(input: UpdateInput): Partial<WebhookConfig> {
  const changes: Partial<WebhookConfig> = {};
  if (input.name !== undefined) changes.name = input.name;
  if (input.description !== undefined) changes.description = input.description;
  if (input.externalId !== undefined) changes.externalId = input.externalId;
  if (input.events !== undefined) changes.events = input.events;
  if (input.headers !== undefined) changes.headers = input.headers;
  if (input.timeoutMs !== undefined) changes.timeoutMs = input.timeoutMs;
  if (input.retryPolicy !== undefined) changes.retryPolicy = completeRetryPolicy(input.retryPolicy);
  if (input.ordering !== undefined) changes.ordering = input.ordering;
  if (input.batch !== undefined) changes.batch = input.batch;
  if (input.format !== undefined) changes.format = input.format;
  if (input.signature !== undefined) changes.signatureScheme = input.signature;
  if (input.signaturePrefix !== undefined) changes.signaturePrefix = input.signaturePrefix;
  if (input.rateLimitPerSecond !== undefined) changes.rateLimitPerSecond = input.rateLimitPerSecond;
  if (input.before !== undefined) changes.before = input.before;
  return changes;
}
