import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { AppsModule } from '../apps/apps.module.js';
import { DispatcherModule } from '../dispatcher/dispatcher.module.js';
import { WebhookConfigsModule } from '../webhook-configs/webhook-configs.module.js';
import { EventStoreRepository } from './data/event-store.repository.js';
import { EventsController } from './events.controller.js';
import { IngestEventService } from './ingest-event.service.js';

/** Ingest: validate, store, plan, enqueue. */
@Module({
  imports: [AccessModule, AppsModule, WebhookConfigsModule, DispatcherModule],
  controllers: [EventsController],
  providers: [EventStoreRepository, IngestEventService],
  exports: [IngestEventService],
})
export class EventsModule {}
