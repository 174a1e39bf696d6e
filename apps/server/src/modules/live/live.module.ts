/** What is happening now, for pages that stay open. */
import { Module } from '@nestjs/common';
import { AppsModule } from '../apps/apps.module.js';
import { InsightsModule } from '../insights/insights.module.js';
import { CountNowService } from './count-now.service.js';
import { LiveCountersRepository } from './data/live-counters.repository.js';
import { LiveController } from './live.controller.js';
import { StreamLiveService } from './stream-live.service.js';

@Module({
  imports: [AppsModule, InsightsModule],
  controllers: [LiveController],
  providers: [CountNowService, LiveCountersRepository, StreamLiveService],
})
export class LiveModule {}
