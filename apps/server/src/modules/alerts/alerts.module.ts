import { BullModule } from '@nestjs/bull';
import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { AppsModule } from '../apps/apps.module.js';
import { AlertProcessor } from './alert.processor.js';
import { ALERT_QUEUE, AlertQueue } from './alert.queue.js';
import { AlertsController } from './alerts.controller.js';
import { AlertNoticesRepository } from './data/alert-notices.repository.js';
import { AlertsRepository } from './data/alerts.repository.js';
import { EvaluationRepository } from './data/evaluation.repository.js';
import { EvaluateAlertsService } from './evaluate-alerts.service.js';

/** Opens, escalates and resolves alerts out of the webhooks' recorded health. */
@Module({
  imports: [BullModule.registerQueue({ name: ALERT_QUEUE }), AccessModule, AppsModule],
  controllers: [AlertsController],
  providers: [AlertQueue, AlertNoticesRepository, AlertsRepository],
  exports: [AlertQueue, AlertNoticesRepository],
})
export class AlertsModule {}

/** What a process with the worker role adds. */
@Module({
  imports: [AlertsModule],
  providers: [AlertProcessor, EvaluateAlertsService, EvaluationRepository],
})
export class AlertWorkerModule {}
