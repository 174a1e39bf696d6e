/** What is happening now, for pages that stay open. */
import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { AppsModule } from '../apps/apps.module.js';
import { InsightsModule } from '../statistics/statistics.module.js';
import { LookNowService } from './look-now.service.js';
import { LiveAlertsRepository } from './data/live-alerts.repository.js';
import { LiveCountersRepository } from './data/live-counters.repository.js';
import { LiveController } from './live.controller.js';
import { StreamLiveService } from './stream-live.service.js';

@Module({
  imports: [AccessModule, AppsModule, InsightsModule],
  controllers: [LiveController],
  providers: [LookNowService, LiveAlertsRepository, LiveCountersRepository, StreamLiveService],
})
export class LiveModule {}
