import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { CreateAppRequest } from '@im/contracts/api/apps';
import { uuidV7 } from '../../platform/crypto/random-pool.js';
import { Clock } from '../../platform/clock/clock.js';
import { AppSecretsService } from './app-secrets.service.js';
import { CheckRetentionService } from './check-retention.service.js';
import type { AppRow } from './data/app.entity.js';
import { AppsRepository } from './data/apps.repository.js';
import { APP_KEY_LENGTH, appKeyOf } from './domain/app-key.js';

@Injectable()
export class CreateAppService {
  constructor(
    private readonly apps: AppsRepository,
    private readonly appSecrets: AppSecretsService,
    private readonly checkRetention: CheckRetentionService,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `invalid_input`: its retention is longer than that of the service; `external_id_taken`
   * @returns the app and its AppSecret, which only an audited reveal shows again
   */
  async create(tenantId: string, request: CreateAppRequest): Promise<{ app: AppRow; appSecret: string }> {
    this.checkRetention.check(request.retention);
    const appId = uuidV7();
    const now = this.clock.now();
    const { appSecret, secretCiphertext } = this.appSecrets.create(appId);
    const app: AppRow = {
      appId,
      tenantId,
      appKey: appKeyOf(randomBytes(APP_KEY_LENGTH)),
      name: request.name,
      packageName: request.packageName,
      description: request.description ?? '',
      retainEventsDays: request.retention?.eventsDays ?? null,
      retainLogsDays: request.retention?.logsDays ?? null,
      externalId: request.externalId ?? null,
      secretCiphertext,
      nextSecretCiphertext: null,
      secretStagedAt: null,
      previousSecretCiphertext: null,
      previousSecretExpiresAt: null,
      createdAt: now,
      updatedAt: now,
      deletedAt: null,
    };
    await this.apps.insert(app);
    return { app, appSecret };
  }
}
