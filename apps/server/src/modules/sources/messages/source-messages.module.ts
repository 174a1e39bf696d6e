/** Wires the messages that are sent as a bot. */
import { Module } from '@nestjs/common';
import { DeliveryStoreModule } from '../../delivery-store/delivery-store.module.js';
import { SourceMessagesRepository } from './data/source-messages.repository.js';
import { StoredMessageSources } from './data/stored-message-sources.js';
import { MessageSources } from './message-sources.js';
import { PurgeMessagesService } from './purge-messages.service.js';
import { QueueMessagesService } from './queue-messages.service.js';
import { SendMessagesService } from './send-messages.service.js';
import { TakeRepliesService } from './take-replies.service.js';

/** What takes messages in. Its controller is the sources module's, which finds sources. */
@Module({
  providers: [
    QueueMessagesService,
    SourceMessagesRepository,
    { provide: MessageSources, useClass: StoredMessageSources },
  ],
  exports: [MessageSources, QueueMessagesService, SourceMessagesRepository],
})
export class SourceMessagesModule {}

/** What a worker adds: it sends them, and makes messages of the answers of receivers. */
@Module({
  imports: [DeliveryStoreModule, SourceMessagesModule],
  providers: [PurgeMessagesService, SendMessagesService, TakeRepliesService],
})
export class SourceMessageWorkerModule {}
