import { Module } from '@nestjs/common';
import { DispatcherModule } from '../dispatcher/dispatcher.module.js';
import { ExpiredPartitionsRepository } from './data/expired-partitions.repository.js';
import { ExpiredRowsRepository } from './data/expired-rows.repository.js';
import { RemoveExpiredDataService } from './remove-expired-data.service.js';

/** Bounds what grows; in every role, since any process may be the only one that runs. */
@Module({
  imports: [DispatcherModule],
  providers: [ExpiredPartitionsRepository, ExpiredRowsRepository, RemoveExpiredDataService],
})
export class RetentionModule {}
