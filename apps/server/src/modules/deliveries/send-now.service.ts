/** Sends what waits at once: one delivery, or all of a webhook. Workers find it with their next sweep. */
import { Injectable } from '@nestjs/common';
import type { SentNow } from '@im/contracts/api/webhook-state';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { WebhookConfig } from '../webhook-configs/webhook-config.js';
import { UpdateHealthService } from '../webhook-configs/health/update-health.service.js';
import { ShowWebhookService } from '../webhook-configs/show-webhook.service.js';
import { DeliveryLogRepository, type DeliveryRow } from '../delivery-store/data/delivery-log.repository.js';
import { SendNowRepository } from '../delivery-store/data/send-now.repository.js';

@Injectable()
export class SendNowService {
  constructor(
    private readonly rows: SendNowRepository,
    private readonly log: DeliveryLogRepository,
    private readonly health: UpdateHealthService,
    private readonly webhooks: ShowWebhookService,
  ) {}

  /**
   * Sends one delivery, past a pause, a disabled webhook or an open breaker, for one attempt, like a redelivery.
   *
   * @throws DomainError `conflict` when it is not waiting, or its recovery is not running
   */
  async one(appId: string, deliveryId: string): Promise<DeliveryRow> {
    const before = await this.find(appId, deliveryId);
    if (before.status !== 'pending')
      throw new DomainError('conflict', 'The delivery already has its outcome');
    const isBroughtForward = await this.rows.one(deliveryId);
    const now = await this.find(appId, deliveryId);
    if (!isBroughtForward) {
      throw new DomainError(
        'conflict',
        now.status === 'pending'
          ? 'The recovery that replays this delivery does not run; resume it first'
          : 'The delivery already has its outcome',
      );
    }
    return now;
  }

  /**
   * Closes the breaker too, as resuming does: if the receiver is not repaired, the first failure opens it again.
   *
   * @throws DomainError `conflict` while a person has paused or disabled the webhook
   */
  async all({ webhookId, isEnabled, pausedAt }: WebhookConfig): Promise<SentNow> {
    if (!isEnabled) throw new DomainError('conflict', 'The webhook is disabled; enable it first');
    if (pausedAt) throw new DomainError('conflict', 'The webhook is paused; resume it first');
    await this.rows.allOf(webhookId);
    await this.health.closeBreaker(webhookId);
    return { waiting: await this.webhooks.waiting(webhookId) };
  }

  private async find(appId: string, deliveryId: string): Promise<DeliveryRow> {
    const row = await this.log.find(appId, deliveryId);
    if (!row) throw DomainError.notFound('delivery');
    return row;
  }
}
