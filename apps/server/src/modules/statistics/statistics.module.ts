import { Module } from '@nestjs/common';
import { BeforeCountsRepository } from './data/before-counts.repository.js';
import { ReadBeforeCountsService } from './read-before-counts.service.js';
import { ReadAttemptWindowsService } from './read-attempt-windows.service.js';
import { PurgeCountsService } from './purge-counts.service.js';
import { AppsModule } from '../apps/apps.module.js';
import { EventTypesModule } from '../event-types/event-types.module.js';
import { WebhookConfigsModule } from '../webhook-configs/webhook-configs.module.js';
import { AttemptWindowsRepository } from './data/attempt-windows.repository.js';
import { EventTypeUsageRepository } from './data/event-type-usage.repository.js';
import { FailureCausesRepository } from './data/failure-causes.repository.js';
import { StatisticsRepository } from './data/statistics.repository.js';
import { EventTypeUsageController } from './event-type-usage.controller.js';
import { ShareMinutesService } from './share-minutes.service.js';
import { ShowEventTypeUsageService } from './show-event-type-usage.service.js';
import { ShowFailureCausesService } from './show-failure-causes.service.js';
import { ShowStatisticsService } from './show-statistics.service.js';
import { StatisticsController } from './statistics.controller.js';

/** Wires statistics for people, and windows for alert rules. */
@Module({
  imports: [AppsModule, EventTypesModule, WebhookConfigsModule],
  controllers: [EventTypeUsageController, StatisticsController],
  providers: [
    AttemptWindowsRepository,
    BeforeCountsRepository,
    EventTypeUsageRepository,
    FailureCausesRepository,
    PurgeCountsService,
    ReadAttemptWindowsService,
    ReadBeforeCountsService,
    ShareMinutesService,
    ShowEventTypeUsageService,
    ShowFailureCausesService,
    ShowStatisticsService,
    StatisticsRepository,
  ],
  exports: [PurgeCountsService, ReadAttemptWindowsService, ReadBeforeCountsService, ShowStatisticsService],
})
export class StatisticsModule {}
