import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { SignatureScheme } from '@im/contracts/api/delivery-settings';
import type { SecretRotation } from '@im/contracts/api/secrets';
import type { StagedWebhookSecret } from '@im/contracts/api/webhooks';
import { STANDARD_WEBHOOKS_SECRET_PREFIX } from '@im/contracts/signature-standard-webhooks';
import { Clock } from '../../platform/clock/clock.js';
import { SecretBox } from '../../platform/crypto/secret-box.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { AppSecretsService } from '../apps/app-secrets.service.js';
import { describeRotation } from '../apps/domain/secret-rotation.js';
import { NO_ROTATION, webhookSecretContext, type WebhookConfig } from './webhook-config.js';
import { WebhookConfigsRepository, type WebhookChange } from './data/webhook-configs.repository.js';
import { standardWebhooksSecretOf } from './domain/standard-webhooks-secret.js';
import { refuseConflicts } from './refuse-conflicts.js';

const SECRET_BYTES = 32;

/** Replaces what signs for a webhook in two steps: its own secret, or the AppSecret by a first one of its own. */
@Injectable()
export class RotateWebhookSecretService {
  constructor(
    private readonly webhooks: WebhookConfigsRepository,
    private readonly appSecrets: AppSecretsService,
    private readonly secretBox: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** @param secret the next secret, in place of one staged before; absent or empty: a new one is made */
  async stage(
    { webhookId, signatureScheme }: WebhookConfig,
    by: string,
    secret?: string | null,
  ): Promise<StagedWebhookSecret> {
    const nextSecret = secret || newSecretFor(signatureScheme);
    const nextSecretCiphertext = this.seal(webhookId, nextSecret);
    const change = this.changeBy(by);
    const staged = await this.webhooks.change(webhookId, change, (webhook) => {
      refuseConflicts(webhook, { secret });
      return { nextSecretCiphertext, secretStagedAt: change.at };
    });
    return {
      nextSecret,
      standardWebhooksSecret: standardWebhooksSecretOf(signatureScheme, nextSecret),
      secretRotation: describeRotation(staged, this.clock.now()),
    };
  }

  /**
   * Activates the staged secret. The previous one, its own or the AppSecret, stays valid until it expires.
   *
   * @throws DomainError `conflict` when nothing is staged
   */
  async activate(
    { appId, webhookId }: WebhookConfig,
    by: string,
    overlapSeconds: number,
  ): Promise<SecretRotation> {
    const appKeys = await this.appSecrets.keysOf(appId);
    if (!appKeys) throw DomainError.notFound('app');
    const change = this.changeBy(by);
    const previousSecretExpiresAt =
      overlapSeconds > 0 ? new Date(change.at.getTime() + overlapSeconds * 1000) : null;
    const appSecretCiphertext = this.seal(webhookId, appKeys.current);
    const activated = await this.webhooks.change(webhookId, change, (webhook) => {
      if (webhook.nextSecretCiphertext === null)
        throw new DomainError('conflict', 'No next secret is staged');
      return {
        ...NO_ROTATION,
        secretCiphertext: webhook.nextSecretCiphertext,
        ...(previousSecretExpiresAt && {
          previousSecretCiphertext: webhook.secretCiphertext ?? appSecretCiphertext,
          previousSecretExpiresAt,
        }),
      };
    });
    return describeRotation(activated, this.clock.now());
  }

  private changeBy(by: string): WebhookChange {
    return { by, at: this.clock.now(), expected: null };
  }

  private seal(webhookId: string, secret: string): Buffer {
    return this.secretBox.seal(secret, webhookSecretContext(webhookId));
  }
}

/** In the form that its receivers paste into their library, so that one text serves both schemes. */
function newSecretFor(scheme: SignatureScheme): string {
  const bytes = randomBytes(SECRET_BYTES);
  return scheme === 'standard-webhooks'
    ? STANDARD_WEBHOOKS_SECRET_PREFIX + bytes.toString('base64')
    : bytes.toString('hex');
}
