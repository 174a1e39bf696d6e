/** Wires the check of the secrets' key at the start, and sealing again when the key changes. */
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { WebhookConfigsModule } from '../webhook-configs/webhook-configs.module.js';
import { CheckSecretsKeyService } from './check-secrets-key.service.js';
import { SealedValuesRepository } from './data/sealed-values.repository.js';
import { QuotedUrlsRepository } from './data/quoted-urls.repository.js';
import { SealingKeyEntity } from './data/sealing-key.entity.js';
import { SealClearSettingsService } from './seal-clear-settings.service.js';
import { SealingKeysRepository } from './data/sealing-keys.repository.js';
import { ResealSecretsService } from './reseal-secrets.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([SealingKeyEntity]), WebhookConfigsModule],
  providers: [
    SealClearSettingsService,
    QuotedUrlsRepository,
    SealedValuesRepository,
    SealingKeysRepository,
    CheckSecretsKeyService,
    ResealSecretsService,
  ],
})
export class SealedSecretsModule {}
