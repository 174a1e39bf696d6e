import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '../access/access.module.js';
import { AppsModule } from '../apps/apps.module.js';
import { TunnelAddressesModule } from '../tunnel-store/tunnel-addresses.module.js';
import { AppsOverviewController } from './apps-overview.controller.js';
import { ChangeWebhookStateService } from './change-webhook-state.service.js';
import { ReceiverStoreModule } from '../receiver-store/receiver-store.module.js';
import { CheckWebhookUrlService } from './check-webhook-url.service.js';
import { WebhookConfigEntity } from './data/webhook-config.entity.js';
import { AppSummariesRepository } from './data/app-summaries.repository.js';
import { DeleteWebhooksRepository } from './data/delete-webhooks.repository.js';
import { ClearWebhooksRepository } from './data/clear-webhooks.repository.js';
import { SealedSettings } from './sealed-settings.js';
import { ListWebhooksRepository } from './data/list-webhooks.repository.js';
import { WebhookConfigsRepository } from './data/webhook-configs.repository.js';
import { WebhookRevisionsRepository } from './data/webhook-revisions.repository.js';
import { WebhookSettingsRepository } from './data/webhook-settings.repository.js';
import { WebhookStatsRepository } from './data/webhook-stats.repository.js';
import { DeleteAppService } from './delete-app.service.js';
import { FindRevisionsService } from './find-revisions.service.js';
import { WebhookHealthRepository } from './health/data/webhook-health.repository.js';
import { UpdateHealthService } from './health/update-health.service.js';
import { WatchUnopenableService } from './health/watch-unopenable.service.js';
import { ListAppsService } from './list-apps.service.js';
import { FindWebhooksService } from './find-webhooks.service.js';
import { ListWebhooksService } from './list-webhooks.service.js';
import { OpenSettingsService } from './open-settings.service.js';
import { ResolveWebhookService } from './resolve-webhook.service.js';
import { RevealWebhookController } from './reveal-webhook.controller.js';
import { RevealWebhookSecretService } from './reveal-webhook-secret.service.js';
import { RotateWebhookSecretService } from './rotate-webhook-secret.service.js';
import { SaveWebhookService } from './save-webhook.service.js';
import { SealClientCertificateService } from './seal-client-certificate.service.js';
import { SealClearWebhooksService } from './seal-clear-webhooks.service.js';
import { ShowWebhookService } from './show-webhook.service.js';
import { SigningKeysService } from './signing-keys.service.js';
import { WebhookConfigsController } from './webhook-configs.controller.js';
import { WebhookRevisionsController } from './webhook-revisions.controller.js';
import { WebhookSecretRotationController } from './webhook-secret-rotation.controller.js';
import { WebhookStateController } from './webhook-state.controller.js';

/** Wires callback configurations: where an app's events go, and how. */
@Module({
  imports: [
    TypeOrmModule.forFeature([WebhookConfigEntity]),
    AccessModule,
    AppsModule,
    ReceiverStoreModule,
    TunnelAddressesModule,
  ],
  controllers: [
    AppsOverviewController,
    WebhookConfigsController,
    WebhookStateController,
    RevealWebhookController,
    WebhookSecretRotationController,
    WebhookRevisionsController,
  ],
  providers: [
    AppSummariesRepository,
    ListAppsService,
    DeleteAppService,
    DeleteWebhooksRepository,
    WebhookHealthRepository,
    UpdateHealthService,
    SealedSettings,
    ClearWebhooksRepository,
    SealClearWebhooksService,
    WebhookConfigsRepository,
    ListWebhooksRepository,
    WebhookRevisionsRepository,
    FindRevisionsService,
    WebhookStatsRepository,
    WebhookSettingsRepository,
    OpenSettingsService,
    FindWebhooksService,
    ResolveWebhookService,
    SaveWebhookService,
    SealClientCertificateService,
    ChangeWebhookStateService,
    ShowWebhookService,
    ListWebhooksService,
    RotateWebhookSecretService,
    RevealWebhookSecretService,
    CheckWebhookUrlService,
    SigningKeysService,
  ],
  exports: [
    SealedSettings,
    SealClearWebhooksService,
    FindRevisionsService,
    FindWebhooksService,
    ListWebhooksService,
    ResolveWebhookService,
    SaveWebhookService,
    ShowWebhookService,
    SigningKeysService,
    UpdateHealthService,
  ],
})
export class WebhookConfigsModule {}

/** Adds what a worker needs. */
@Module({
  imports: [WebhookConfigsModule],
  providers: [WebhookHealthRepository, WatchUnopenableService],
  exports: [WatchUnopenableService],
})
export class WebhookHealthWorkerModule {}
