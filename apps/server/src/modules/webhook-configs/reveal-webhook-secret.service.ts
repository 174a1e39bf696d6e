import { Injectable } from '@nestjs/common';
import type { RevealedWebhookSecret } from '@im/contracts/api/webhooks';
import { SecretBox } from '../../platform/crypto/secret-box.js';
import { RecordAuditService } from '../access/audit/record-audit.service.js';
import { RevealAppSecretService } from '../apps/reveal-app-secret.service.js';
import type { WebhookRequest } from './change-webhook.service.js';
import { webhookSecretContext } from './webhook-config.js';
import { standardWebhooksSecretOf } from './domain/standard-webhooks-secret.js';

@Injectable()
export class RevealWebhookSecretService {
  constructor(
    private readonly secretBox: SecretBox,
    private readonly revealAppSecret: RevealAppSecretService,
    private readonly audit: RecordAuditService,
  ) {}

  /**
   * Reveals the secret of a webhook after the audit entry is written; if the AppSecret signs, one for the AppSecret
   * too.
   */
  async reveal({ caller, app, webhook, ipAddress }: WebhookRequest): Promise<RevealedWebhookSecret> {
    const { webhookId, secretCiphertext, signatureScheme } = webhook;
    await this.audit.record({
      identity: caller,
      action: 'webhook.secret_revealed',
      appKey: app.appKey,
      targetId: webhookId,
      ipAddress,
    });
    if (secretCiphertext !== null) {
      const secret = this.secretBox.open(secretCiphertext, webhookSecretContext(webhookId));
      return { secret, standardWebhooksSecret: standardWebhooksSecretOf(signatureScheme, secret) };
    }
    if (signatureScheme !== 'standard-webhooks') return { secret: null, standardWebhooksSecret: null };
    const { standardWebhooksSecret } = await this.revealAppSecret.reveal(caller, app, ipAddress);
    return { secret: null, standardWebhooksSecret };
  }
}
