/** Makes one request to a receiver: signs, sends and judges it. It carries one delivery or a batch. */
import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import type { ClientCertificatePem } from '../../platform/crypto/check-client-certificate.js';
import { OpenedSecrets } from '../../platform/crypto/opened-secrets.js';
import { NotOpenedError } from '../../platform/crypto/secret-box.js';
import { randomHex } from '../../platform/crypto/random-pool.js';
import type { HttpOutcome } from '../../platform/outgoing-http/http-outcome.js';
import type { ClientCertificate } from '../../platform/outgoing-http/outgoing-tls.js';
import { WebhookClient } from '../../platform/outgoing-http/webhook-client.js';
import { Logger } from '../../platform/logging/logger.js';
import { EventTraces } from '../../platform/tracing/event-traces.js';
import { Tracing } from '../../platform/tracing/tracing.js';
import { SendInProcessService } from '../test-receiver/send-in-process.service.js';
import { SigningKeysService } from '../webhook-configs/signing-keys.service.js';
import { clientCertificateContext } from '../webhook-configs/webhook-config.js';
import type { WebhookSettings } from '../webhook-configs/webhook-settings.js';
import type { PendingDelivery } from '../delivery-store/data/claims.repository.js';
import { batchIdOf } from './domain/batch-id.js';
import type { ComposedCallback } from './domain/callback.js';
import { composeCallback } from './domain/compose-callback.js';
import { judgeAttempt, type Verdict } from './domain/judge-attempt.js';
import { readRawRequest } from '../delivery-store/raw-request.js';
import { isRefusal } from '../delivery-store/domain/split-refused.js';
import { maskHeaders } from '../webhook-configs/domain/mask-headers.js';

const NONCE_BYTES = 16;

export interface AttemptedDelivery {
  delivery: PendingDelivery;
  /** Counts from 1. */
  attempt: number;
  /** `split`: the batch was refused as a whole and is sent again in parts. */
  verdict: Verdict | { kind: 'split' };
  /** The receiver refused what the request carried. */
  isRefused: boolean;
}

export interface Attempted {
  outcome: HttpOutcome;
  deliveries: AttemptedDelivery[];
  /** JSON of the headers as sent, credentials masked. */
  requestHeaders: string;
}

@Injectable()
export class AttemptDeliveryService {
  constructor(
    private readonly signingKeys: SigningKeysService,
    private readonly inProcess: SendInProcessService,
    private readonly openedSecrets: OpenedSecrets,
    private readonly client: WebhookClient,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly tracing: Tracing,
    private readonly traces: EventTraces,
  ) {}

  /**
   * @param deliveries of one webhook; more than one only where it takes batches
   * @throws NotSentError when this service could not send it; another error when a secret cannot be opened or the request
   *   cannot be sent at all. In both cases no attempt was made.
   */
  async attempt(settings: WebhookSettings, deliveries: readonly PendingDelivery[]): Promise<Attempted> {
    if (!settings.isOpenable) throw new NotOpenedError();
    const { app } = settings;
    const [first, ...others] = deliveries.map((delivery) => ({
      ...delivery,
      attempt: delivery.attempts + 1,
      rawRequest: settings.format === 'raw' ? readRawRequest(delivery.event, delivery.payload) : null,
    }));
    if (!first) throw new Error('A request carries one delivery at least');
    const composition = {
      target: { ...settings, appKey: app.appKey },
      keys: this.signingKeys.of(settings),
      deliveries: [first, ...others] as const,
      batchId: settings.batch && batchIdOf([first.callbackId, ...others.map((other) => other.callbackId)]),
    };
    const { timeoutMs } = settings;
    const { tenantId } = app;
    const clientCertificate = this.clientCertificateOf(settings);
    const sender = await this.inProcess.senderFor(settings, this.client);
    let headers: ComposedCallback['headers'] = [];
    const outcome = await this.traced(first, (traceHeaders) =>
      sender.sendComposed(() => {
        const callback = composeCallback({
          ...composition,
          timestampMs: this.clock.nowMs(),
          nonce: randomHex(NONCE_BYTES),
        });
        headers = [...callback.headers, ...traceHeaders];
        return {
          url: callback.url,
          headers,
          body: callback.body,
          ...{ timeoutMs, tenantId },
          ...(clientCertificate && { clientCertificate }),
        };
      }),
    );
    const attempted = judgeAll(settings, deliveries, outcome);
    this.log(attempted, outcome);
    return { outcome, deliveries: attempted, requestHeaders: JSON.stringify(maskHeaders(headers)) };
  }

  /** Adds a span to the event's trace and a `traceparent` header for the receiver; only while tracing is on. */
  private async traced(
    { eventId, deliveryId, webhookId, event, attempts }: PendingDelivery,
    send: (traceHeaders: ComposedCallback['headers']) => Promise<HttpOutcome>,
  ): Promise<HttpOutcome> {
    if (!this.tracing.isOn) return send([]);
    const span = this.tracing.startSpan(
      'delivery.attempt',
      {
        'im_callback.event': event,
        'im_callback.event_id': eventId,
        'im_callback.delivery_id': deliveryId,
        'im_callback.webhook_id': webhookId,
        'im_callback.attempt': attempts + 1,
      },
      { kind: 'client', parent: this.traces.recall(eventId) },
    );
    try {
      const outcome = await send(span.traceparent === null ? [] : [['traceparent', span.traceparent]]);
      if (outcome.responseStatus !== null) span.set({ 'http.response.status_code': outcome.responseStatus });
      if (outcome.errorClass !== null) span.fail(outcome.errorClass);
      return outcome;
    } finally {
      span.end();
    }
  }

  /** @throws Error when it cannot be opened */
  clientCertificateOf(settings: WebhookSettings): ClientCertificate | null {
    const { webhookId, clientCertificateCiphertext: sealed } = settings;
    return (
      sealed &&
      clientCertificateFrom(sealed, this.openedSecrets.open(sealed, clientCertificateContext(webhookId)))
    );
  }

  private log(attempted: readonly AttemptedDelivery[], outcome: HttpOutcome): void {
    if (!this.logger.isInfoEnabled) return;
    for (const { delivery, attempt, verdict } of attempted) {
      this.logger.info('delivery.attempted', {
        deliveryId: delivery.deliveryId,
        eventId: delivery.eventId,
        webhookId: delivery.webhookId,
        appId: delivery.appId,
        event: delivery.event,
        kind: delivery.kind,
        attempt,
        status: outcome.responseStatus,
        errorClass: outcome.errorClass,
        durationMs: Math.round(outcome.durationMs * 10) / 10,
        verdict: verdict.kind,
        ...(verdict.kind === 'retry' && { retryInMs: verdict.delayMs }),
      });
    }
  }
}

/** Each sealed certificate has a unique ciphertext, so the digest of it serves as its id. */
function clientCertificateFrom(sealed: Buffer, json: string): ClientCertificate {
  return {
    id: hash('sha256', sealed, 'base64url'),
    open: () => JSON.parse(json) as ClientCertificatePem,
  };
}

/** Deliveries of a batch with the same number of attempts get the same delay, so that they form a batch again. */
function judgeAll(
  settings: WebhookSettings,
  deliveries: readonly PendingDelivery[],
  outcome: HttpOutcome,
): AttemptedDelivery[] {
  const random = Math.random();
  const isRefused = isRefusal(outcome);
  const isSplit = isRefused && deliveries.length > 1;
  return deliveries.map((delivery) => {
    const attempt = delivery.attempts + 1;
    if (isSplit) return { delivery, attempt, verdict: { kind: 'split' }, isRefused };
    const { retryPolicy: policy } = settings;
    const counted = {
      // A split does not count as an attempt of the policy.
      attempt: attempt - delivery.splits,
      // The present policy applies, also to deliveries planned under an older one.
      maxAttempts: delivery.kind === 'test' ? 1 : policy.maxAttempts,
    };
    return {
      delivery,
      attempt,
      verdict: judgeAttempt({ outcome, policy, ...counted, random: () => random }),
      isRefused,
    };
  });
}
