import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '../access/access.module.js';
import { AppsModule } from '../apps/apps.module.js';
import { DeliveryStoreModule } from '../delivery-store/delivery-store.module.js';
import { WebhookConfigsModule } from '../webhook-configs/webhook-configs.module.js';
import { RecoveryEntity } from './data/recovery.entity.js';
import { RecoveriesRepository } from './data/recoveries.repository.js';
import { RecoveryEstimatesRepository } from './data/recovery-estimates.repository.js';
import { RecoveryStepsRepository } from './data/recovery-steps.repository.js';
import { EstimateRecoveryService } from './estimate-recovery.service.js';
import { PurgeRecoveriesService } from './purge-recoveries.service.js';
import { RecoveriesController } from './recoveries.controller.js';
import { StartRecoveryService } from './start-recovery.service.js';
import { StepRecoveryService } from './step-recovery.service.js';
import { WorkRecoveriesService } from './work-recoveries.service.js';

/** Wires recoveries: replays of many deliveries, which people start, watch, pause and end. */
@Module({
  imports: [TypeOrmModule.forFeature([RecoveryEntity]), AccessModule, AppsModule, WebhookConfigsModule],
  controllers: [RecoveriesController],
  providers: [
    EstimateRecoveryService,
    PurgeRecoveriesService,
    RecoveriesRepository,
    RecoveryEstimatesRepository,
    StartRecoveryService,
  ],
  exports: [PurgeRecoveriesService],
})
export class RecoveriesModule {}

/** Adds what a worker needs to run recoveries. */
@Module({
  imports: [DeliveryStoreModule],
  providers: [RecoveryStepsRepository, StepRecoveryService, WorkRecoveriesService],
})
export class RecoveryWorkerModule {}
