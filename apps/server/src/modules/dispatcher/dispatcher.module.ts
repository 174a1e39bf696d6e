import { BullModule } from '@nestjs/bull';
import { Module } from '@nestjs/common';
import { ExportsModule } from '../../platform/exports/exports.module.js';
import { AccessModule } from '../access/access.module.js';
import { AlertsModule } from '../alerts/alerts.module.js';
import { AppsModule } from '../apps/apps.module.js';
import { EventTypesModule } from '../event-types/event-types.module.js';
import { WebhookConfigsModule } from '../webhook-configs/webhook-configs.module.js';
import { AttemptDeliveryService } from './attempt-delivery.service.js';
import { AttemptRecordsRepository } from './data/attempt-records.repository.js';
import { ClaimsRepository } from '../delivery-store/data/claims.repository.js';
import { DeliveryLogRepository } from '../delivery-store/data/delivery-log.repository.js';
import { SearchDeliveriesRepository } from '../deliveries/data/search-deliveries.repository.js';
import { SearchDeliveriesService } from '../deliveries/search-deliveries.service.js';
import { EventNamesRepository } from '../deliveries/data/event-names.repository.js';
import { DeliveryStatesRepository } from '../delivery-store/data/delivery-states.repository.js';
import { ProbesRepository } from '../webhook-configs/health/data/probes.repository.js';
import { SendNowRepository } from '../delivery-store/data/send-now.repository.js';
import { TestDeliveriesRepository } from '../delivery-store/data/test-deliveries.repository.js';
import { DeliveryLogController } from '../deliveries/delivery-log.controller.js';
import { DeliveryProcessor } from './delivery.processor.js';
import { DELIVERY_QUEUE, DeliveryQueue } from './delivery.queue.js';
import { DispatchDeliveriesService } from './dispatch-deliveries.service.js';
import { ExportDeliveriesController } from '../deliveries/export-deliveries.controller.js';
import { FeedLanesService } from './feed-lanes.service.js';
import { ChooseTestPayloadService } from '../deliveries/choose-test-payload.service.js';
import { HandOverService } from './hand-over.service.js';
import { HoldDeliveriesService } from './hold-deliveries.service.js';
import { KeepLeasesService } from './keep-leases.service.js';
import { Lanes } from './lanes/lanes.js';
import { LimitRateService } from './limit-rate.service.js';
import { RecordAttemptService } from './record-attempt.service.js';
import { RecordOutcomesService } from './record-outcomes.service.js';
import { RedeliverService } from '../deliveries/redeliver.service.js';
import { ResolveSearchService } from '../deliveries/resolve-search.service.js';
import { RevealDeliveryController } from '../deliveries/reveal-delivery.controller.js';
import { SendNowController } from '../deliveries/send-now.controller.js';
import { SendNowService } from '../deliveries/send-now.service.js';
import { SendTestService } from '../deliveries/send-test.service.js';
import { ShowDeliveryService } from '../deliveries/show-delivery.service.js';
import { SplitBatchService } from './split-batch.service.js';
import { UnopenableWebhooksRepository } from '../webhook-configs/health/data/unopenable-webhooks.repository.js';
import { WatchUnopenableService } from '../webhook-configs/health/watch-unopenable.service.js';
import { TestWebhookController } from '../deliveries/test-webhook.controller.js';

/** The spine: load, sign, send, judge, record, retry or settle; and the delivery log. */
@Module({
  imports: [
    BullModule.registerQueue({ name: DELIVERY_QUEUE }),
    ExportsModule,
    AccessModule,
    AppsModule,
    EventTypesModule,
    WebhookConfigsModule,
    AlertsModule,
  ],
  controllers: [
    DeliveryLogController,
    ExportDeliveriesController,
    RevealDeliveryController,
    SendNowController,
    TestWebhookController,
  ],
  providers: [
    DeliveryQueue,
    DeliveryStatesRepository,
    DeliveryLogRepository,
    EventNamesRepository,
    SearchDeliveriesRepository,
    SearchDeliveriesService,
    SendNowRepository,
    TestDeliveriesRepository,
    AttemptRecordsRepository,
    AttemptDeliveryService,
    HandOverService,
    RecordAttemptService,
    RedeliverService,
    ResolveSearchService,
    ChooseTestPayloadService,
    SendNowService,
    SendTestService,
    ShowDeliveryService,
  ],
  exports: [
    DeliveryQueue,
    HandOverService,
    AttemptDeliveryService,
    RecordAttemptService,
    ResolveSearchService,
    DeliveryStatesRepository,
  ],
})
export class DispatcherModule {}

/** What a process with the worker role adds: it takes hints, sweeps the rows and sends. */
@Module({
  imports: [DispatcherModule, WebhookConfigsModule],
  providers: [
    DeliveryProcessor,
    FeedLanesService,
    HoldDeliveriesService,
    KeepLeasesService,
    DispatchDeliveriesService,
    LimitRateService,
    RecordOutcomesService,
    SplitBatchService,
    ClaimsRepository,
    ProbesRepository,
    UnopenableWebhooksRepository,
    WatchUnopenableService,
    Lanes,
  ],
})
export class DispatchWorkerModule {}
