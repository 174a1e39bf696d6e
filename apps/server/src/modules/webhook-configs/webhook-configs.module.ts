import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '../access/access.module.js';
import { AppsModule } from '../apps/apps.module.js';
import { CheckWebhookUrlService } from './check-webhook-url.service.js';
import { WebhookConfigEntity } from './data/webhook-config.entity.js';
import { WebhookConfigsRepository } from './data/webhook-configs.repository.js';
import { WebhookStatsRepository } from './data/webhook-stats.repository.js';
import { ResolveWebhookService } from './resolve-webhook.service.js';
import { RotateWebhookSecretService } from './rotate-webhook-secret.service.js';
import { SaveWebhookService } from './save-webhook.service.js';
import { WebhookConfigsController } from './webhook-configs.controller.js';
import { WebhookSecretRotationController } from './webhook-secret-rotation.controller.js';

/** Callback configurations: where an app's events go, and how. */
@Module({
  imports: [TypeOrmModule.forFeature([WebhookConfigEntity]), AccessModule, AppsModule],
  controllers: [WebhookConfigsController, WebhookSecretRotationController],
  providers: [
    WebhookConfigsRepository,
    WebhookStatsRepository,
    ResolveWebhookService,
    SaveWebhookService,
    RotateWebhookSecretService,
    CheckWebhookUrlService,
  ],
  exports: [WebhookConfigsRepository, WebhookStatsRepository, ResolveWebhookService],
})
export class WebhookConfigsModule {}
