import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { OpenedSecrets } from '../../platform/crypto/opened-secrets.js';
import { NotOpenedError } from '../../platform/crypto/secret-box.js';
import { AppSecretsService } from '../apps/app-secrets.service.js';
import { liveSecretsOf } from '../apps/domain/secret-rotation.js';
import { SealedSettings } from './sealed-settings.js';
import { clientCertificateContext, webhookSecretContext } from './webhook-config.js';
import type { StoredWebhookSettings, WebhookSettings } from './webhook-settings.js';

/** Opens sealed settings for delivering, once per version of the configuration, never per delivery. */
@Injectable()
export class OpenSettingsService {
  constructor(
    private readonly sealed: SealedSettings,
    private readonly appSecrets: AppSecretsService,
    private readonly openedSecrets: OpenedSecrets,
    private readonly clock: Clock,
  ) {}

  open({ sealedSettings, ...stored }: StoredWebhookSettings): WebhookSettings {
    const { url, headers, isOpened } = this.sealed.open({ ...stored, sealedSettings });
    return { ...stored, url, headers, isOpenable: isOpened && this.canOpenSecrets(stored) };
  }

  /** What signs, and the client certificate. */
  private canOpenSecrets(stored: Omit<StoredWebhookSettings, 'sealedSettings'>): boolean {
    const { current, next, previous } = liveSecretsOf(stored, this.clock.now());
    const { webhookId, clientCertificateCiphertext } = stored;
    const context = webhookSecretContext(webhookId);
    try {
      this.appSecrets.open(stored.app);
      for (const secret of [current, next, previous]) if (secret) this.openedSecrets.open(secret, context);
      if (clientCertificateCiphertext)
        this.openedSecrets.open(clientCertificateCiphertext, clientCertificateContext(webhookId));
      return true;
    } catch (error) {
      if (error instanceof NotOpenedError) return false;
      throw error;
    }
  }
}
