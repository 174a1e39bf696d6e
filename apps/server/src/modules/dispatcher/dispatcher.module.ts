import { BullModule } from '@nestjs/bull';
import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.js';
import { AppsModule } from '../apps/apps.module.js';
import { DeliveryStoreModule } from '../delivery-store/delivery-store.module.js';
import {
  WebhookConfigsModule,
  WebhookHealthWorkerModule,
} from '../webhook-configs/webhook-configs.module.js';
import { AttemptDeliveryService } from './attempt-delivery.service.js';
import { AttemptRecordsRepository } from './data/attempt-records.repository.js';
import { DeliveryProcessor } from './delivery.processor.js';
import { DELIVERY_QUEUE, DeliveryQueue } from './delivery.queue.js';
import { DispatchDeliveriesService } from './dispatch-deliveries.service.js';
import { FeedLanesService } from './feed-lanes.service.js';
import { HandOverService } from './hand-over.service.js';
import { HoldDeliveriesService } from './hold-deliveries.service.js';
import { KeepLeasesService } from './keep-leases.service.js';
import { Lanes } from './lanes/lanes.js';
import { LimitRateService } from './limit-rate.service.js';
import { RecordAttemptService } from './record-attempt.service.js';
import { RecordOutcomesService } from './record-outcomes.service.js';
import { SplitBatchService } from './split-batch.service.js';

/** One attempt: sign, send, judge, record; and the way to the workers. In every process. */
@Module({
  imports: [
    BullModule.registerQueue({ name: DELIVERY_QUEUE }),
    AppsModule,
    WebhookConfigsModule,
    DeliveryStoreModule,
    AlertsModule,
  ],
  providers: [
    DeliveryQueue,
    AttemptRecordsRepository,
    AttemptDeliveryService,
    HandOverService,
    RecordAttemptService,
  ],
  exports: [DeliveryQueue, HandOverService, AttemptDeliveryService, RecordAttemptService],
})
export class DispatcherModule {}

/** What a process with the worker role adds: it takes hints, sweeps the rows and sends. */
@Module({
  imports: [DispatcherModule, DeliveryStoreModule, WebhookConfigsModule, WebhookHealthWorkerModule],
  providers: [
    DeliveryProcessor,
    FeedLanesService,
    HoldDeliveriesService,
    KeepLeasesService,
    DispatchDeliveriesService,
    LimitRateService,
    RecordOutcomesService,
    SplitBatchService,
    Lanes,
  ],
})
export class DispatchWorkerModule {}
