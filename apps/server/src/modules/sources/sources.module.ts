/** Wires sources: IM servers that send events and before-callbacks in their own forms. */
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ForeignRoutes } from '../../platform/http-server/foreign-routes.js';
import { AccessModule } from '../access/access.module.js';
import { AppsModule } from '../apps/apps.module.js';
import { BeforeModule } from '../before/before.module.js';
import { EventsModule } from '../events/events.module.js';
import { WebhookConfigsModule } from '../webhook-configs/webhook-configs.module.js';
import { AnswerBeforeService } from './answer-before.service.js';
import { SourceEntity } from './data/source.entity.js';
import { SourceRequestsRepository } from './data/source-requests.repository.js';
import { SourcesRepository } from './data/sources.repository.js';
import { KnownRecipientsRepository } from './data/known-recipients.repository.js';
import { DropKnownRecipientsService } from './drop-known-recipients.service.js';
import { FindSourceService } from './find-source.service.js';
import { PurgeSourcesService } from './purge-sources.service.js';
import { HandleRequestService } from './handle-request.service.js';
import { ReceiveRequestService } from './receive-request.service.js';
import { RecordRequestsService } from './record-requests.service.js';
import { ResolveSourceService } from './resolve-source.service.js';
import { SaveSourceService } from './save-source.service.js';
import { ServeGrpcService } from './serve-grpc.service.js';
import { ShowSourceService } from './show-source.service.js';
import { SourceToolsController } from './source-tools.controller.js';
import { SourceMessagesController } from './messages/source-messages.controller.js';
import { SourceMessagesModule } from './messages/source-messages.module.js';
import { SourcesController } from './sources.controller.js';
import { StoreEventsService } from './store-events.service.js';
import { TestSourceService } from './test-source.service.js';

@Module({
  imports: [
    AccessModule,
    AppsModule,
    BeforeModule,
    EventsModule,
    SourceMessagesModule,
    WebhookConfigsModule,
    TypeOrmModule.forFeature([SourceEntity]),
  ],
  controllers: [SourcesController, SourceToolsController, SourceMessagesController],
  providers: [
    AnswerBeforeService,
    DropKnownRecipientsService,
    FindSourceService,
    KnownRecipientsRepository,
    PurgeSourcesService,
    HandleRequestService,
    ReceiveRequestService,
    RecordRequestsService,
    ResolveSourceService,
    SaveSourceService,
    ServeGrpcService,
    ShowSourceService,
    SourceRequestsRepository,
    SourcesRepository,
    StoreEventsService,
    TestSourceService,
  ],
})
export class SourcesModule {
  constructor(routes: ForeignRoutes, receive: ReceiveRequestService) {
    // The HTTP server is prepared before the modules are initialised.
    routes.serve('/in', receive);
  }
}
