import { Module } from '@nestjs/common';
import { ServiceStateRepository } from './data/service-state.repository.js';
import { HealthController } from './health.controller.js';
import { MetricsController } from './metrics.controller.js';
import { WatchServiceService } from './watch-service.service.js';

/** Wires health checks and metrics, in every role. */
@Module({
  controllers: [HealthController, MetricsController],
  providers: [ServiceStateRepository, WatchServiceService],
})
export class HealthModule {}
