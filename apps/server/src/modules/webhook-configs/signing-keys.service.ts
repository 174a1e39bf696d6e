/** Opens the keys that sign the requests to a webhook: its own, or its app's. */
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { OpenedSecrets } from '../../platform/crypto/opened-secrets.js';
import { AppSecretsService } from '../apps/app-secrets.service.js';
import { keysOfWebhook, liveSecretsOf, type LiveKeys } from '../apps/domain/secret-rotation.js';
import { webhookSecretContext } from './webhook-config.js';
import type { WebhookSettings } from './webhook-settings.js';

@Injectable()
export class SigningKeysService {
  constructor(
    private readonly appSecrets: AppSecretsService,
    private readonly openedSecrets: OpenedSecrets,
    private readonly clock: Clock,
  ) {}

  /** @throws Error when a secret cannot be opened */
  of(settings: WebhookSettings): LiveKeys {
    return keysOfWebhook(this.ownKeysOf(settings), this.appSecrets.open(settings.app));
  }

  private ownKeysOf(settings: WebhookSettings): LiveKeys<string | null> {
    const { current, next, previous } = liveSecretsOf(settings, this.clock.now());
    const context = webhookSecretContext(settings.webhookId);
    return {
      current: current && this.openedSecrets.open(current, context),
      next: next && this.openedSecrets.open(next, context),
      previous: previous && this.openedSecrets.open(previous, context),
    };
  }
}
