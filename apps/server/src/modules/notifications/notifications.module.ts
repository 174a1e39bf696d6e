import { BullModule } from '@nestjs/bull';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '../access/access.module.js';
import { AlertsModule } from '../alerts/alerts.module.js';
import { ChannelLogController } from './channel-log.controller.js';
import { CheckTargetService } from './check-target.service.js';
import { ChannelTestCooldownRepository } from './data/channel-test-cooldown.repository.js';
import { NotificationChannelEntity } from './data/notification-channel.entity.js';
import { NotificationChannelsRepository } from './data/notification-channels.repository.js';
import { NotificationLanesRepository } from './data/notification-lanes.repository.js';
import { NotificationsRepository } from './data/notifications.repository.js';
import { FanOutNoticesRepository } from './data/fan-out-notices.repository.js';
import { PurgeNotificationsService } from './purge-notifications.service.js';
import { NotificationChannelsController } from './notification-channels.controller.js';
import { NotificationProcessor } from './notification.processor.js';
import { NOTIFICATION_QUEUE, NotificationQueue } from './notification.queue.js';
import { ResolveChannelService } from './resolve-channel.service.js';
import { SaveChannelService } from './save-channel.service.js';
import { SendMessageService } from './send-message.service.js';
import { SendNotificationsService } from './send-notifications.service.js';
import { ShowChannelService } from './show-channel.service.js';
import { FanOutNoticesService } from './fan-out-notices.service.js';

/** Wires the channels of notifications, their test and their log. */
@Module({
  imports: [TypeOrmModule.forFeature([NotificationChannelEntity]), AccessModule],
  controllers: [NotificationChannelsController, ChannelLogController],
  providers: [
    PurgeNotificationsService,
    NotificationChannelsRepository,
    ChannelTestCooldownRepository,
    NotificationsRepository,
    CheckTargetService,
    ResolveChannelService,
    SaveChannelService,
    SendMessageService,
    ShowChannelService,
  ],
  exports: [NotificationChannelsRepository, PurgeNotificationsService, SendMessageService],
})
export class NotificationsModule {}

/** Adds what a worker needs: it sends what alerts wrote into their outbox. */
@Module({
  imports: [BullModule.registerQueue({ name: NOTIFICATION_QUEUE }), AlertsModule, NotificationsModule],
  providers: [
    NotificationLanesRepository,
    NotificationProcessor,
    NotificationQueue,
    SendNotificationsService,
    FanOutNoticesRepository,
    FanOutNoticesService,
  ],
})
export class NotificationWorkerModule {}
