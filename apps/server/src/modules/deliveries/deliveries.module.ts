import { Module } from '@nestjs/common';
import { ExportsModule } from '../../platform/exports/exports.module.js';
import { AccessModule } from '../access/access.module.js';
import { AppsModule } from '../apps/apps.module.js';
import { DeliveryStoreModule } from '../delivery-store/delivery-store.module.js';
import { DispatcherModule } from '../dispatcher/dispatcher.module.js';
import { EventTypesModule } from '../event-types/event-types.module.js';
import { WebhookConfigsModule } from '../webhook-configs/webhook-configs.module.js';
import { ChooseTestPayloadService } from './choose-test-payload.service.js';
import { EventNamesRepository } from './data/event-names.repository.js';
import { RedeliverableRepository } from './data/redeliverable.repository.js';
import { SearchDeliveriesRepository } from './data/search-deliveries.repository.js';
import { DeliveryLogController } from './delivery-log.controller.js';
import { ExportDeliveriesController } from './export-deliveries.controller.js';
import { RedeliverManyService } from './redeliver-many.service.js';
import { RedeliverService } from './redeliver.service.js';
import { ResolveSearchService } from './resolve-search.service.js';
import { RevealDeliveryController } from './reveal-delivery.controller.js';
import { SearchDeliveriesService } from './search-deliveries.service.js';
import { SendNowController } from './send-now.controller.js';
import { SendNowService } from './send-now.service.js';
import { SendTestService } from './send-test.service.js';
import { ShowDeliveryService } from './show-delivery.service.js';
import { TestWebhookController } from './test-webhook.controller.js';

/** Wires the delivery log for people: list, search, show, reveal, export, redeliver, send now, cancel, test. */
@Module({
  imports: [
    ExportsModule,
    AccessModule,
    AppsModule,
    EventTypesModule,
    WebhookConfigsModule,
    DeliveryStoreModule,
    DispatcherModule,
  ],
  controllers: [
    DeliveryLogController,
    ExportDeliveriesController,
    RevealDeliveryController,
    SendNowController,
    TestWebhookController,
  ],
  providers: [
    ChooseTestPayloadService,
    EventNamesRepository,
    RedeliverableRepository,
    RedeliverManyService,
    RedeliverService,
    ResolveSearchService,
    SearchDeliveriesRepository,
    SearchDeliveriesService,
    SendNowService,
    SendTestService,
    ShowDeliveryService,
  ],
  exports: [
    RedeliverService,
    ResolveSearchService,
    SearchDeliveriesService,
    SendNowService,
    SendTestService,
    ShowDeliveryService,
  ],
})
export class DeliveriesModule {}
