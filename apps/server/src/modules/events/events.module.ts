import { Module } from '@nestjs/common';
import { ExportsModule } from '../../platform/exports/exports.module.js';
import { AccessModule } from '../access/access.module.js';
import { AppsModule } from '../apps/apps.module.js';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { DeliveryStoreModule } from '../delivery-store/delivery-store.module.js';
import { DispatcherModule } from '../dispatcher/dispatcher.module.js';
import { WebhookConfigsModule } from '../webhook-configs/webhook-configs.module.js';
import { EventTypesModule } from '../event-types/event-types.module.js';
import { EventLogRepository } from './data/event-log.repository.js';
import { SearchEventsRepository } from './data/search-events.repository.js';
import { EventLogController } from './event-log.controller.js';
import { EventsController } from './events.controller.js';
import { ExportEventsService } from './export-events.service.js';
import { IngestEventService } from './ingest-event.service.js';
import { SearchEventsService } from './search-events.service.js';

/** Wires ingest (validate, store, plan, enqueue) and the event log. */
@Module({
  imports: [
    ExportsModule,
    AccessModule,
    AppsModule,
    EventTypesModule,
    WebhookConfigsModule,
    DeliveriesModule,
    DeliveryStoreModule,
    DispatcherModule,
  ],
  controllers: [EventsController, EventLogController],
  providers: [
    EventLogRepository,
    ExportEventsService,
    IngestEventService,
    SearchEventsRepository,
    SearchEventsService,
  ],
  exports: [IngestEventService],
})
export class EventsModule {}
