import { Injectable } from '@nestjs/common';
import type { RevealedAppSecret } from '@im/contracts/api/apps';
import { toStandardWebhooksSecret } from '@im/contracts/signature-standard-webhooks';
import { DomainError } from '../../platform/errors/domain-error.js';
import { AppSecretsService } from './app-secrets.service.js';
import type { AppRef } from './resolve-app.service.js';

@Injectable()
export class RevealAppSecretService {
  constructor(private readonly appSecrets: AppSecretsService) {}

  /** For audited routes only: the audit entry is written before the answer is sent. */
  async reveal({ appId }: AppRef): Promise<RevealedAppSecret> {
    const keys = await this.appSecrets.keysOf(appId);
    if (!keys) throw DomainError.notFound('app');
    const { current: appSecret } = keys;
    return { appSecret, standardWebhooksSecret: toStandardWebhooksSecret(appSecret) };
  }
}
