/** Wires the live stream of what happens now, for open pages. */
import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { AppsModule } from '../apps/apps.module.js';
import { StatisticsModule } from '../statistics/statistics.module.js';
import { LookNowService } from './look-now.service.js';
import { AlertsModule } from '../alerts/alerts.module.js';
import { LiveCountersRepository } from './data/live-counters.repository.js';
import { LiveController } from './live.controller.js';
import { StreamLiveService } from './stream-live.service.js';

@Module({
  imports: [AlertsModule, AccessModule, AppsModule, StatisticsModule],
  controllers: [LiveController],
  providers: [LookNowService, LiveCountersRepository, StreamLiveService],
})
export class LiveModule {}
