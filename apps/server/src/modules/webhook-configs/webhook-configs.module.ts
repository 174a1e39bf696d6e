import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '../access/access.module.js';
import { AppsModule } from '../apps/apps.module.js';
import { ChangeWebhookStateService } from './change-webhook-state.service.js';
import { ChangeWebhookService } from './change-webhook.service.js';
import { CheckWebhookUrlService } from './check-webhook-url.service.js';
import { WebhookConfigEntity } from './data/webhook-config.entity.js';
import { ClearSettingsRepository } from './data/clear-settings.repository.js';
import { SealedSettings } from './data/sealed-settings.js';
import { ListWebhooksRepository } from './data/list-webhooks.repository.js';
import { WebhookConfigsRepository } from './data/webhook-configs.repository.js';
import { WebhookRevisionsRepository } from './data/webhook-revisions.repository.js';
import { WebhookSettingsRepository } from './data/webhook-settings.repository.js';
import { WebhookStatsRepository } from './data/webhook-stats.repository.js';
import { FindWebhooksService } from './find-webhooks.service.js';
import { ListWebhooksService } from './list-webhooks.service.js';
import { OpenSettingsService } from './open-settings.service.js';
import { ResolveWebhookService } from './resolve-webhook.service.js';
import { RevealWebhookController } from './reveal-webhook.controller.js';
import { RevealWebhookSecretService } from './reveal-webhook-secret.service.js';
import { RotateWebhookSecretService } from './rotate-webhook-secret.service.js';
import { SaveWebhookService } from './save-webhook.service.js';
import { SealClientCertificateService } from './seal-client-certificate.service.js';
import { SealClearSettingsService } from './seal-clear-settings.service.js';
import { ShowWebhookService } from './show-webhook.service.js';
import { WebhookConfigsController } from './webhook-configs.controller.js';
import { WebhookRevisionsController } from './webhook-revisions.controller.js';
import { WebhookSecretRotationController } from './webhook-secret-rotation.controller.js';
import { WebhookStateController } from './webhook-state.controller.js';

/** Callback configurations: where an app's events go, and how. */
@Module({
  imports: [TypeOrmModule.forFeature([WebhookConfigEntity]), AccessModule, AppsModule],
  controllers: [
    WebhookConfigsController,
    WebhookStateController,
    RevealWebhookController,
    WebhookSecretRotationController,
    WebhookRevisionsController,
  ],
  providers: [
    SealedSettings,
    ClearSettingsRepository,
    SealClearSettingsService,
    WebhookConfigsRepository,
    ListWebhooksRepository,
    WebhookRevisionsRepository,
    WebhookStatsRepository,
    WebhookSettingsRepository,
    OpenSettingsService,
    FindWebhooksService,
    ResolveWebhookService,
    SaveWebhookService,
    SealClientCertificateService,
    ChangeWebhookService,
    ChangeWebhookStateService,
    ShowWebhookService,
    ListWebhooksService,
    RotateWebhookSecretService,
    RevealWebhookSecretService,
    CheckWebhookUrlService,
  ],
  exports: [
    SealedSettings,
    SealClearSettingsService,
    WebhookConfigsRepository,
    WebhookRevisionsRepository,
    WebhookStatsRepository,
    FindWebhooksService,
    ResolveWebhookService,
  ],
})
export class WebhookConfigsModule {}
