/** Sends one question: composed and signed by the same code as every callback, over connections of its own. */
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { NotOpenedError } from '../../platform/crypto/secret-box.js';
import { randomHex } from '../../platform/crypto/random-pool.js';
import type { HttpOutcome } from '../../platform/outgoing-http/http-outcome.js';
import { WebhookClient } from '../../platform/outgoing-http/webhook-client.js';
import { AttemptDeliveryService } from '../dispatcher/attempt-delivery.service.js';
import type { CallbackDelivery, ComposedCallback } from '../dispatcher/domain/callback.js';
import { composeCallback } from '../dispatcher/domain/compose-callback.js';
import { maskHeaders } from '../webhook-configs/domain/mask-headers.js';
import { SendInProcessService } from '../test-receiver/send-in-process.service.js';
import { SigningKeysService } from '../webhook-configs/signing-keys.service.js';
import type { WebhookSettings } from '../webhook-configs/webhook-settings.js';
import { BEFORE_CLIENT } from './before-client.js';

const NONCE_BYTES = 16;

export interface SentQuestion {
  outcome: HttpOutcome;
  /** JSON of the headers as sent, credentials masked. */
  requestHeaders: string;
}

@Injectable()
export class SendQuestionService {
  constructor(
    private readonly attempts: AttemptDeliveryService,
    private readonly signingKeys: SigningKeysService,
    private readonly inProcess: SendInProcessService,
    @Inject(BEFORE_CLIENT) private readonly client: WebhookClient,
    private readonly clock: Clock,
  ) {}

  /**
   * @param timeoutMs for everything, name and connection included
   * @throws NotSentError when this service could not send it; another error when a secret cannot be opened or the request
   *   cannot be sent at all
   */
  async send(
    settings: WebhookSettings,
    delivery: CallbackDelivery,
    timeoutMs: number,
  ): Promise<SentQuestion> {
    if (!settings.isOpenable) throw new NotOpenedError();
    const { appKey, tenantId } = settings.app;
    const keys = this.signingKeys.of(settings);
    const clientCertificate = this.attempts.clientCertificateOf(settings);
    const sender = await this.inProcess.senderFor(settings, this.client);
    let headers: ComposedCallback['headers'] = [];
    const outcome = await sender.sendComposed(() => {
      const callback = composeCallback({
        target: { ...settings, appKey },
        keys,
        deliveries: [delivery],
        // Each question is answered by itself.
        batchId: null,
        timestampMs: this.clock.nowMs(),
        nonce: randomHex(NONCE_BYTES),
      });
      ({ headers } = callback);
      return { ...callback, timeoutMs, tenantId, ...(clientCertificate && { clientCertificate }) };
    });
    return { outcome, requestHeaders: JSON.stringify(maskHeaders(headers)) };
  }
}
