/** Sends a test at once, even through an open breaker, and answers with its outcome. */
import { Injectable } from '@nestjs/common';
import type { TestWebhookResult } from '@im/contracts/api/webhooks';
import { MASK } from '@im/contracts/events/mask-content';
import { diagnoseAttempt } from '@im/contracts/diagnosis/diagnose-attempt';
import { TEST_EVENT } from '@im/contracts/events/event-list';
import { uuidV7 } from '../../platform/crypto/random-pool.js';
import { Clock } from '../../platform/clock/clock.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { WebhookConfig } from '../webhook-configs/webhook-config.js';
import type { PendingDelivery } from '../delivery-store/data/claims.repository.js';
import { DeliveryLogRepository } from '../delivery-store/data/delivery-log.repository.js';
import { TestDeliveriesRepository } from '../delivery-store/data/test-deliveries.repository.js';
import { AttemptDeliveryService } from '../dispatcher/attempt-delivery.service.js';
import { ChooseTestPayloadService, type WrittenPayload } from './choose-test-payload.service.js';
import { RecordAttemptService } from '../dispatcher/record-attempt.service.js';
import { FindWebhooksService } from '../webhook-configs/find-webhooks.service.js';
import { callbackIdOf } from '../delivery-store/domain/callback-id.js';

/** The lease of a test, beyond the webhook's own timeout. */
const SWEEP_MARGIN_MS = 60_000;

@Injectable()
export class SendTestService {
  constructor(
    private readonly tests: TestDeliveriesRepository,
    private readonly log: DeliveryLogRepository,
    private readonly webhooks: FindWebhooksService,
    private readonly attempts: AttemptDeliveryService,
    private readonly records: RecordAttemptService,
    private readonly payloads: ChooseTestPayloadService,
    private readonly clock: Clock,
  ) {}

  /**
   * @param eventName an event of the catalogue or of the tenant; absent: `test.ping`
   * @param given the payload; absent: the event's example
   * @param isContentMasked whether the answer of the receiver is shown masked
   * @throws DomainError `invalid_input` when there is no such event or the payload does not fit it; what
   *   {@link AttemptDeliveryService.attempt} throws when it was not sent; then the test is removed
   */
  async send(
    webhook: WebhookConfig,
    tenantId: string,
    eventName: string = TEST_EVENT,
    given?: WrittenPayload,
    isContentMasked = false,
  ): Promise<TestWebhookResult> {
    const payload = await this.payloads.payloadOf(tenantId, eventName, given);
    const now = this.clock.now();
    const event = {
      eventId: uuidV7(),
      appId: webhook.appId,
      event: eventName,
      occurredAt: now,
      payload,
    };
    const delivery = {
      deliveryId: uuidV7(),
      callbackId: callbackIdOf(event.eventId, webhook.webhookId),
      eventId: event.eventId,
      webhookId: webhook.webhookId,
      appId: webhook.appId,
      event: eventName,
      kind: 'test',
      status: 'pending',
      maxAttempts: 1,
      createdAt: now,
      orderedConversationId: null,
      isHeldBack: false,
      originalDeliveryId: null,
    } as const;
    await this.tests.insert(event, delivery, webhook.timeoutMs + SWEEP_MARGIN_MS);
    const fresh = { attempts: 0, splits: 0, wasRefused: false, conversationId: null, recoveryId: null };
    return this.attempt({ ...delivery, ...event, ...fresh }, isContentMasked);
  }

  private async attempt(delivery: PendingDelivery, isContentMasked: boolean): Promise<TestWebhookResult> {
    const { deliveryId, appId, webhookId } = delivery;
    const settings = (await this.webhooks.settingsOf([webhookId])).get(webhookId);
    if (!settings) throw DomainError.notFound('webhook');
    const attempted = await this.attempts.attempt(settings, [delivery]).catch(async (error: unknown) => {
      await this.tests.remove(delivery);
      throw error;
    });
    for (const each of attempted.deliveries) await this.records.record(attempted, each, 0);
    const row = await this.log.find(appId, deliveryId);
    const { outcome } = attempted;
    const { responseStatus, durationMs, responseBody, errorClass, errorMessage, startedAt } = outcome;
    return {
      deliveryId,
      status: row?.status ?? 'pending',
      responseStatus,
      durationMs,
      responseBody: responseBody && isContentMasked ? MASK : responseBody,
      errorClass,
      errorMessage,
      diagnosis:
        errorClass === null
          ? null
          : diagnoseAttempt({
              ...outcome,
              errorClass,
              endedAtMs: startedAt.getTime() + durationMs,
              isQuotable: !isContentMasked,
            }),
    };
  }
}
