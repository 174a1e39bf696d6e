import { Injectable } from '@nestjs/common';
import type { RevealedAppSecret } from '@im/contracts/api/apps';
import { toStandardWebhooksSecret } from '@im/contracts/signature-standard-webhooks';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Identity } from '../access/identity/domain/identity.js';
import { RecordAuditService } from '../access/audit/record-audit.service.js';
import { AppSecretsService } from './app-secrets.service.js';
import type { AppRef } from './resolve-app.service.js';

@Injectable()
export class RevealAppSecretService {
  constructor(
    private readonly appSecrets: AppSecretsService,
    private readonly audit: RecordAuditService,
  ) {}

  /** Reveals an AppSecret, after the audit entry is written. */
  async reveal(identity: Identity, { appId, appKey }: AppRef, ipAddress: string): Promise<RevealedAppSecret> {
    const keys = await this.appSecrets.keysOf(appId);
    if (!keys) throw DomainError.notFound('app');
    await this.audit.record({ identity, action: 'app.secret_revealed', appKey, ipAddress });
    const { current: appSecret } = keys;
    return { appSecret, standardWebhooksSecret: toStandardWebhooksSecret(appSecret) };
  }
}
