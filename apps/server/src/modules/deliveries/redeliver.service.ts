/** Redelivers and cancels deliveries for a person. */
import { Injectable } from '@nestjs/common';
import { uuidV7 } from '../../platform/crypto/random-pool.js';
import { Clock } from '../../platform/clock/clock.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { DeliveryStatesRepository } from '../delivery-store/data/delivery-states.repository.js';
import { DeliveryLogRepository, type DeliveryRow } from '../delivery-store/data/delivery-log.repository.js';
import { BORN_LEASE_MS, HandOverService } from '../dispatcher/hand-over.service.js';

@Injectable()
export class RedeliverService {
  constructor(
    private readonly log: DeliveryLogRepository,
    private readonly states: DeliveryStatesRepository,
    private readonly handOver: HandOverService,
    private readonly clock: Clock,
  ) {}

  /**
   * Delivers the same event to the same webhook again, with the same callbackId and the webhook's current policy.
   *
   * @throws DomainError `conflict` while the delivery is still pending, when its webhook was deleted, and for a
   *   before-callback, whose time is over
   */
  async redeliver(appId: string, deliveryId: string): Promise<DeliveryRow> {
    const original = await this.find(appId, deliveryId);
    if (original.status === 'pending') {
      throw new DomainError(
        'conflict',
        'The delivery is still being attempted; cancel it first or wait for its outcome',
      );
    }
    if (original.kind === 'before') {
      throw new DomainError('conflict', 'A before-callback is asked once; what it was about is over');
    }
    if (original.isWebhookDeleted)
      throw new DomainError('conflict', 'The webhook of this delivery was deleted');
    const now = this.clock.now();
    const redelivery = {
      deliveryId: uuidV7(),
      callbackId: original.callbackId,
      eventId: original.eventId,
      webhookId: original.webhookId,
      appId,
      event: original.event,
      kind: 'redelivery',
      status: 'pending',
      maxAttempts: original.policyMaxAttempts,
      createdAt: now,
      orderedConversationId: null,
      isHeldBack: false,
      originalDeliveryId: original.originalDeliveryId ?? original.deliveryId,
    } as const;
    const event = await this.log.eventOf(original.eventId);
    if (!event) throw new DomainError('conflict', 'The event of this delivery is no longer kept');
    const bornAt = performance.now();
    await this.states.insert(redelivery, BORN_LEASE_MS);
    // Read before it is sent, so that the answer shows what was accepted, not how far it got.
    const accepted = await this.find(appId, redelivery.deliveryId);
    this.handOver.handOver([{ ...redelivery, ...event }], bornAt);
    return accepted;
  }

  /** @throws DomainError `conflict` when the delivery already has its outcome */
  async cancel(appId: string, deliveryId: string): Promise<DeliveryRow> {
    await this.find(appId, deliveryId);
    const isCanceled = await this.states.cancel(deliveryId, this.clock.now());
    if (!isCanceled) throw new DomainError('conflict', 'The delivery already has its outcome');
    return this.find(appId, deliveryId);
  }

  private async find(appId: string, deliveryId: string): Promise<DeliveryRow> {
    const row = await this.log.find(appId, deliveryId);
    if (!row) throw DomainError.notFound('delivery');
    return row;
  }
}
