import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { AppsModule } from '../apps/apps.module.js';
import { DeliveryStoreModule } from '../delivery-store/delivery-store.module.js';
import { DispatcherModule } from '../dispatcher/dispatcher.module.js';
import { EventTypesModule } from '../event-types/event-types.module.js';
import { TestReceiverModule } from '../test-receiver/test-receiver.module.js';
import { WebhookConfigsModule } from '../webhook-configs/webhook-configs.module.js';
import { AskReceiverService } from './ask-receiver.service.js';
import { beforeClient, CloseBeforeClient } from './before-client.js';
import { BeforeController } from './before.controller.js';
import { LogDecisionsService } from './log-decisions.service.js';
import { SendQuestionService } from './send-question.service.js';

/** Wires before-callbacks: a receiver is asked synchronously whether an event may happen. */
@Module({
  imports: [
    AccessModule,
    AppsModule,
    DeliveryStoreModule,
    DispatcherModule,
    EventTypesModule,
    TestReceiverModule,
    WebhookConfigsModule,
  ],
  controllers: [BeforeController],
  providers: [beforeClient, CloseBeforeClient, SendQuestionService, LogDecisionsService, AskReceiverService],
  exports: [AskReceiverService],
})
export class BeforeModule {}
