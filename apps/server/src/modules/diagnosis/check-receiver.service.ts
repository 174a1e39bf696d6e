/**
 * Runs the check-up of a receiver: sends right and wrong callbacks and judges the answers. Nothing of it is recorded.
 */
import { Inject, Injectable } from '@nestjs/common';
import { CHECKUP_INTERVAL_SECONDS, type Checkup } from '@im/contracts/api/checkup';
import { bodyHmacHeaders } from '@im/contracts/signature-body-hmac';
import { SIGNATURE_HEADERS } from '@im/contracts/signature';
import { ENV } from '../../config/env.js';
import { Clock } from '../../platform/clock/clock.js';
import { HostResolver } from '../../platform/dns/host-resolver.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import {
  webhookClientOptions,
  type OutgoingEnv,
} from '../../platform/outgoing-http/webhook-client-options.js';
import { WebhookClient } from '../../platform/outgoing-http/webhook-client.js';
import { AttemptDeliveryService } from '../dispatcher/attempt-delivery.service.js';
import { SendInProcessService } from '../test-receiver/send-in-process.service.js';
import { FindWebhooksService } from '../webhook-configs/find-webhooks.service.js';
import { UpdateHealthService } from '../webhook-configs/health/update-health.service.js';
import { SigningKeysService } from '../webhook-configs/signing-keys.service.js';
import type { WebhookSettings } from '../webhook-configs/webhook-settings.js';
import { LARGE_PAYLOAD } from './domain/checkup/checkup-payloads.js';
import { judgeCheckup } from './domain/checkup/judge-checkup.js';
import { ProbeSender } from './send-probes.js';

@Injectable()
export class CheckReceiverService {
  constructor(
    private readonly health: UpdateHealthService,
    private readonly webhooks: FindWebhooksService,
    private readonly attempts: AttemptDeliveryService,
    private readonly signingKeys: SigningKeysService,
    private readonly inProcess: SendInProcessService,
    private readonly clock: Clock,
    @Inject(ENV) private readonly env: OutgoingEnv,
    private readonly resolver: HostResolver,
  ) {}

  /** @throws DomainError `too_many_requests` within {@link CHECKUP_INTERVAL_SECONDS} of the last one */
  async check(webhookId: string): Promise<Checkup> {
    const settings = (await this.webhooks.settingsOf([webhookId])).get(webhookId);
    if (!settings) throw DomainError.notFound('webhook');
    const waitSeconds = await this.health.startCheckup(webhookId, CHECKUP_INTERVAL_SECONDS);
    if (waitSeconds !== null) {
      throw new DomainError('too_many_requests', 'This receiver was checked up a moment ago', {
        retryAfterSeconds: waitSeconds,
      });
    }
    const startedAt = this.clock.now();
    const beganAt = performance.now();
    // A client of its own: only new connections show whether they are kept open and their certificates are valid.
    const client = new WebhookClient(webhookClientOptions(this.env, this.resolver));
    try {
      const target = {
        settings,
        keys: this.signingKeys.of(settings),
        clientCertificate: this.attempts.clientCertificateOf(settings),
        nowMs: () => this.clock.nowMs(),
      };
      const probes = await new ProbeSender(
        await this.inProcess.senderFor(settings, client),
        target,
      ).sendAll();
      return {
        ...judgeCheckup({
          probes,
          signature: settings.signatureScheme,
          signatureHeader: signatureHeaderOf(settings),
          isTls: settings.url.toLowerCase().startsWith('https:'),
          timeoutMs: settings.timeoutMs,
          largeBodyBytes: Buffer.byteLength(LARGE_PAYLOAD),
          nowMs: startedAt.getTime(),
        }),
        startedAt: startedAt.toISOString(),
        durationMs: Math.round(performance.now() - beganAt),
      };
    } finally {
      await client.close();
    }
  }
}

function signatureHeaderOf({ signatureScheme, signaturePrefix }: WebhookSettings): string {
  return signatureScheme === 'body-hmac'
    ? bodyHmacHeaders(signaturePrefix).signature
    : SIGNATURE_HEADERS.signature;
}
