import { BullModule } from '@nestjs/bull';
import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { AlertsModule } from '../alerts/alerts.module.js';
import { AppsModule } from '../apps/apps.module.js';
import { WebhookConfigsModule } from '../webhook-configs/webhook-configs.module.js';
import { AttemptRecordsRepository } from './data/attempt-records.repository.js';
import { DeliveryLogRepository } from './data/delivery-log.repository.js';
import { DeliveryStatesRepository } from './data/delivery-states.repository.js';
import { DeliveryWorkRepository } from './data/delivery-work.repository.js';
import { TestDeliveriesRepository } from './data/test-deliveries.repository.js';
import { DeliverService } from './deliver.service.js';
import { DeliveryLogController } from './delivery-log.controller.js';
import { DeliveryProcessor } from './delivery.processor.js';
import { DELIVERY_QUEUE, DeliveryQueue } from './delivery.queue.js';
import { LoadWorkService } from './load-work.service.js';
import { RecordAttemptService } from './record-attempt.service.js';
import { RedeliverService } from './redeliver.service.js';
import { SendTestService } from './send-test.service.js';
import { SweepOverdueService } from './sweep-overdue.service.js';
import { TestWebhookController } from './test-webhook.controller.js';

/** The spine: load, sign, send, judge, record, retry or settle; and the delivery log. */
@Module({
  imports: [
    BullModule.registerQueue({ name: DELIVERY_QUEUE }),
    AccessModule,
    AppsModule,
    WebhookConfigsModule,
    AlertsModule,
  ],
  controllers: [DeliveryLogController, TestWebhookController],
  providers: [
    DeliveryQueue,
    DeliveryWorkRepository,
    DeliveryStatesRepository,
    DeliveryLogRepository,
    TestDeliveriesRepository,
    AttemptRecordsRepository,
    LoadWorkService,
    DeliverService,
    RecordAttemptService,
    RedeliverService,
    SendTestService,
  ],
  exports: [DeliveryQueue, DeliverService],
})
export class DispatcherModule {}

/** What a process with the worker role adds: it takes jobs off the queue and sweeps. */
@Module({
  imports: [DispatcherModule],
  providers: [DeliveryProcessor, SweepOverdueService, DeliveryStatesRepository],
})
export class DispatchWorkerModule {}
