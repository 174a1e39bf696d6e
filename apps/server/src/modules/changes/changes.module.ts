import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { AlertsModule } from '../alerts/alerts.module.js';
import { WebhookConfigsModule } from '../webhook-configs/webhook-configs.module.js';
import { ChangesController } from './changes.controller.js';
import { ListChangesService } from './list-changes.service.js';

/** Answers what changed in an app. */
@Module({
  imports: [AccessModule, AlertsModule, WebhookConfigsModule],
  controllers: [ChangesController],
  providers: [ListChangesService],
})
export class ChangesModule {}
