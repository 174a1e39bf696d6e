/** Which keys open the stored secrets, checked at the start; and sealing them anew when the key changes. */
import { Module } from '@nestjs/common';
import { WebhookConfigsModule } from '../webhook-configs/webhook-configs.module.js';
import { CheckSecretsKeyService } from './check-secrets-key.service.js';
import { SealedValuesRepository } from './data/sealed-values.repository.js';
import { SealingKeysRepository } from './data/sealing-keys.repository.js';
import { ResealSecretsService } from './reseal-secrets.service.js';

@Module({
  imports: [WebhookConfigsModule],
  providers: [SealedValuesRepository, SealingKeysRepository, CheckSecretsKeyService, ResealSecretsService],
})
export class SealedSecretsModule {}
