import { Injectable } from '@nestjs/common';
import type { StagedAppSecret } from '@im/contracts/api/apps';
import type { SecretRotation } from '@im/contracts/api/secrets';
import { toStandardWebhooksSecret } from '@im/contracts/signature-standard-webhooks';
import { Clock } from '../../platform/clock/clock.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { RequestAudit } from '../access/audit/request-audit.js';
import { AppSecretsService } from './app-secrets.service.js';
import { AppsRepository } from './data/apps.repository.js';
import { describeRotation } from './domain/secret-rotation.js';
import type { AppRef } from './resolve-app.service.js';

/** Replaces an AppSecret in two steps, so that no receiver and no caller is locked out in between. */
@Injectable()
export class RotateAppSecretService {
  constructor(
    private readonly apps: AppsRepository,
    private readonly appSecrets: AppSecretsService,
    private readonly clock: Clock,
  ) {}

  /** Stages a new secret, in place of one staged before. It is shown after the audit entry is written. */
  async stage(app: AppRef, audit: RequestAudit): Promise<StagedAppSecret> {
    const { appSecret, secretCiphertext } = this.appSecrets.create(app.appId);
    await this.apps.stageSecret(app.appId, secretCiphertext, this.clock.now());
    audit.note();
    return {
      nextSecret: appSecret,
      standardWebhooksSecret: toStandardWebhooksSecret(appSecret),
      secretRotation: await this.rotationOf(app),
    };
  }

  /** @throws DomainError `conflict` when nothing is staged */
  async activate(app: AppRef, overlapSeconds: number, audit: RequestAudit): Promise<SecretRotation> {
    const expiresAt = overlapSeconds > 0 ? new Date(this.clock.nowMs() + overlapSeconds * 1000) : null;
    if (!(await this.apps.activateSecret(app.appId, expiresAt))) {
      throw new DomainError('conflict', 'No next secret is staged');
    }
    audit.note({ detail: { overlapSeconds } });
    return this.rotationOf(app);
  }

  private async rotationOf({ appId }: AppRef): Promise<SecretRotation> {
    const app = await this.apps.findById(appId);
    if (!app) throw DomainError.notFound('app');
    return describeRotation(app, this.clock.now());
  }
}
