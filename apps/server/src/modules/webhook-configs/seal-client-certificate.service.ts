/** Checks a client certificate for a webhook, and seals it with its key. */
import { Injectable } from '@nestjs/common';
import type { ClientCertificateInput } from '@im/contracts/api/client-certificates';
import { Clock } from '../../platform/clock/clock.js';
import { checkClientCertificate } from '../../platform/crypto/check-client-certificate.js';
import { SecretBox } from '../../platform/crypto/secret-box.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { clientCertificateContext, NO_CLIENT_CERTIFICATE, type WebhookConfig } from './webhook-config.js';

type ClientCertificateColumns = Pick<WebhookConfig, keyof typeof NO_CLIENT_CERTIFICATE>;

@Injectable()
export class SealClientCertificateService {
  constructor(
    private readonly secretBox: SecretBox,
    private readonly clock: Clock,
  ) {}

  /**
   * @param given null: the webhook is to have none
   * @throws DomainError `invalid_input` at `/clientCertificate/certificate` or `/clientCertificate/key`
   */
  seal(webhookId: string, given: ClientCertificateInput | null): ClientCertificateColumns {
    if (!given) return NO_CLIENT_CERTIFICATE;
    const verdict = checkClientCertificate(given, this.clock.now());
    if (!verdict.ok) {
      const pointer = `/clientCertificate/${verdict.field}`;
      throw DomainError.invalid({ pointer, code: verdict.code, message: verdict.message });
    }
    const { pem, subject, expiresAt } = verdict;
    return {
      clientCertificateCiphertext: this.secretBox.seal(
        JSON.stringify(pem),
        clientCertificateContext(webhookId),
      ),
      clientCertificateSubject: subject,
      clientCertificateExpiresAt: expiresAt,
    };
  }
}
