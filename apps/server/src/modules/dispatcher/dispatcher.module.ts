import { BullModule } from '@nestjs/bull';
import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.js';
import { AppsModule } from '../apps/apps.module.js';
import { DeliveryStoreModule } from '../delivery-store/delivery-store.module.js';
import { TestReceiverModule } from '../test-receiver/test-receiver.module.js';
import {
  WebhookConfigsModule,
  WebhookHealthWorkerModule,
} from '../webhook-configs/webhook-configs.module.js';
import { AttemptDeliveryService } from './attempt-delivery.service.js';
import { AttemptRecordsRepository } from './data/attempt-records.repository.js';
import { ClaimDeliveriesService } from './claim-deliveries.service.js';
import { DeliveryWorkerService } from './delivery-worker.service.js';
import { DeliveryProcessor } from './delivery.processor.js';
import { DELIVERY_QUEUE, DeliveryQueue } from './delivery.queue.js';
import { FreshDeliveries } from './fresh-deliveries.js';
import { HandOverService } from './hand-over.service.js';
import { Lanes } from './lanes/lanes.js';
import { LeaseRegistry } from './lease-registry.js';
import { LimitRateService } from './limit-rate.service.js';
import { PermitScheduler } from './permits/permit-scheduler.js';
import { TakeInDeliveriesService } from './take-in-deliveries.service.js';
import { RecordAttemptService } from './record-attempt.service.js';
import { RecordOutcomesService } from './record-outcomes.service.js';
import { RenewLeasesService } from './renew-leases.service.js';
import { SplitBatchService } from './split-batch.service.js';

/** What every process needs: attempts (sign, send, judge, record) and the queue to the workers. */
@Module({
  imports: [
    BullModule.registerQueue({ name: DELIVERY_QUEUE }),
    AppsModule,
    WebhookConfigsModule,
    DeliveryStoreModule,
    AlertsModule,
    TestReceiverModule,
  ],
  providers: [
    DeliveryQueue,
    AttemptRecordsRepository,
    AttemptDeliveryService,
    FreshDeliveries,
    HandOverService,
    RecordAttemptService,
  ],
  exports: [DeliveryQueue, FreshDeliveries, HandOverService, AttemptDeliveryService, RecordAttemptService],
})
export class DispatcherModule {}

/** What a process with the worker role adds: it takes hints, sweeps the rows and sends. */
@Module({
  imports: [DispatcherModule, DeliveryStoreModule, WebhookConfigsModule, WebhookHealthWorkerModule],
  providers: [
    DeliveryProcessor,
    DeliveryWorkerService,
    TakeInDeliveriesService,
    PermitScheduler,
    ClaimDeliveriesService,
    LeaseRegistry,
    RenewLeasesService,
    LimitRateService,
    RecordOutcomesService,
    SplitBatchService,
    Lanes,
  ],
})
export class DispatchWorkerModule {}
