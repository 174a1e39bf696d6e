import { Injectable } from '@nestjs/common';
import type { RevealedWebhookSecret } from '@im/contracts/api/webhooks';
import { SecretBox } from '../../platform/crypto/secret-box.js';
import type { RequestAudit } from '../access/audit/request-audit.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { RevealAppSecretService } from '../apps/reveal-app-secret.service.js';
import { webhookSecretContext, type WebhookConfig } from './webhook-config.js';
import { standardWebhooksSecretOf } from './domain/standard-webhooks-secret.js';

@Injectable()
export class RevealWebhookSecretService {
  constructor(
    private readonly secretBox: SecretBox,
    private readonly revealAppSecret: RevealAppSecretService,
  ) {}

  /** Reveals the secret of a webhook; if the AppSecret signs, with an audit entry for the AppSecret too. */
  async reveal(
    app: AppRef,
    { webhookId, secretCiphertext, signatureScheme }: WebhookConfig,
    audit: RequestAudit<'webhook.secret_revealed' | 'app.secret_revealed'>,
  ): Promise<RevealedWebhookSecret> {
    audit.note();
    if (secretCiphertext !== null) {
      const secret = this.secretBox.open(secretCiphertext, webhookSecretContext(webhookId));
      return { secret, standardWebhooksSecret: standardWebhooksSecretOf(signatureScheme, secret) };
    }
    if (signatureScheme !== 'standard-webhooks') return { secret: null, standardWebhooksSecret: null };
    const { standardWebhooksSecret } = await this.revealAppSecret.reveal(app);
    audit.note({ action: 'app.secret_revealed', targetId: undefined });
    return { secret: null, standardWebhooksSecret };
  }
}
