/** Wires apps, their AppKey and AppSecret. */
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '../access/access.module.js';
import { AppOfPath } from '../access/app-of-path.js';
import { AppSignatureVerifier } from '../access/app-signature.verifier.js';
import { AppSecretRotationController } from './app-secret-rotation.controller.js';
import { AppSecretsService } from './app-secrets.service.js';
import { AppsController } from './apps.controller.js';
import { ConsumeNonceService } from './consume-nonce.service.js';
import { CheckRetentionService } from './check-retention.service.js';
import { CreateAppService } from './create-app.service.js';
import { AppCredentialsRepository } from './data/app-credentials.repository.js';
import { AppEntity } from './data/app.entity.js';
import { AppsRepository } from './data/apps.repository.js';
import { UsedNoncesRepository } from './data/used-nonces.repository.js';
import { MarkAppDeletedService } from './mark-app-deleted.service.js';
import { ReadAppService } from './read-app.service.js';
import { FindAppService } from './find-app.service.js';
import { ResolveAppService } from './resolve-app.service.js';
import { RevealAppSecretService } from './reveal-app-secret.service.js';
import { RotateAppSecretService } from './rotate-app-secret.service.js';
import { UpdateAppService } from './update-app.service.js';
import { VerifyAppSignatureService } from './verify-app-signature.service.js';

@Module({
  imports: [AccessModule, TypeOrmModule.forFeature([AppEntity])],
  controllers: [AppsController, AppSecretRotationController],
  providers: [
    AppCredentialsRepository,
    AppsRepository,
    UsedNoncesRepository,
    AppSecretsService,
    ConsumeNonceService,
    CheckRetentionService,
    CreateAppService,
    MarkAppDeletedService,
    FindAppService,
    ReadAppService,
    ResolveAppService,
    RevealAppSecretService,
    RotateAppSecretService,
    UpdateAppService,
    VerifyAppSignatureService,
    { provide: AppOfPath, useExisting: ResolveAppService },
    { provide: AppSignatureVerifier, useExisting: VerifyAppSignatureService },
  ],
  exports: [
    AppSecretsService,
    FindAppService,
    MarkAppDeletedService,
    ReadAppService,
    ResolveAppService,
    RevealAppSecretService,
  ],
})
export class AppsModule {}
