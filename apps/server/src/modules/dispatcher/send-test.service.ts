/** A test send: goes out at once, breaker or not, and its outcome is the answer. */
import { Injectable } from '@nestjs/common';
import type { TestWebhookResult } from '@im/contracts/api/webhooks';
import { findEvent, TEST_EVENT } from '@im/contracts/events/catalogue';
import { v7 as uuidV7 } from 'uuid';
import { Clock } from '../../platform/clock/clock.js';
import { fieldErrorsOf } from '../../platform/http/field-errors.js';
import { invalidInput } from '../../platform/http/parse-input.js';
import type { WebhookConfig } from '../webhook-configs/data/webhook-config.entity.js';
import { DeliveryLogRepository } from './data/delivery-log.repository.js';
import { TestDeliveriesRepository } from './data/test-deliveries.repository.js';
import { DeliverService } from './deliver.service.js';
import { callbackIdOf } from './domain/callback-id.js';

/** The sweeper leaves a test alone for this long beyond the webhook's own timeout. */
const SWEEP_MARGIN_MS = 60_000;

@Injectable()
export class SendTestService {
  constructor(
    private readonly tests: TestDeliveriesRepository,
    private readonly log: DeliveryLogRepository,
    private readonly deliverService: DeliverService,
    private readonly clock: Clock,
  ) {}

  /**
   * @param eventName an event of the catalogue; absent: `test.ping`
   * @param data the payload; absent: the event's example
   * @throws DomainError `invalid_input` when there is no such event or the payload does not fit it
   */
  async send(
    webhook: WebhookConfig,
    eventName: string = TEST_EVENT,
    data?: Record<string, unknown>,
  ): Promise<TestWebhookResult> {
    const payload = payloadOf(eventName, data);
    const now = this.clock.now();
    const eventId = uuidV7();
    const deliveryId = uuidV7();
    await this.tests.insert(
      { eventId, appId: webhook.appId, event: eventName, occurredAt: now, payload: JSON.stringify(payload) },
      {
        deliveryId,
        callbackId: callbackIdOf(eventId, webhook.webhookId),
        eventId,
        webhookId: webhook.webhookId,
        appId: webhook.appId,
        event: eventName,
        kind: 'test',
        status: 'pending',
        maxAttempts: 1,
        createdAt: now,
        dueAt: new Date(now.getTime() + webhook.timeoutMs + SWEEP_MARGIN_MS),
        originalDeliveryId: null,
      },
    );
    const outcome = await this.deliverService.deliver({ deliveryId, attempt: 1 });
    const row = await this.log.find(webhook.appId, deliveryId);
    return {
      deliveryId,
      status: row?.status ?? 'pending',
      responseStatus: outcome?.responseStatus ?? null,
      durationMs: outcome?.durationMs ?? 0,
      responseBody: outcome?.responseBody ?? null,
      errorClass: outcome?.errorClass ?? null,
      errorMessage: outcome?.errorMessage ?? null,
    };
  }
}

function payloadOf(eventName: string, data: Record<string, unknown> | undefined): unknown {
  const definition = findEvent(eventName);
  if (!definition) {
    throw invalidInput([
      {
        pointer: '/event',
        code: 'unknown_event',
        message: `"${eventName}" is not an event of the catalogue`,
      },
    ]);
  }
  if (data === undefined) return definition.example;
  const checked = definition.schema.safeParse(data, { reportInput: true });
  if (!checked.success) throw invalidInput(fieldErrorsOf(checked.error, '/data'));
  return data;
}
