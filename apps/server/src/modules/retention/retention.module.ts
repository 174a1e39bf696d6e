import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { AlertsModule } from '../alerts/alerts.module.js';
import { DeliveryStoreModule } from '../delivery-store/delivery-store.module.js';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { RecoveriesModule } from '../recoveries/recoveries.module.js';
import { StatisticsModule } from '../statistics/statistics.module.js';
import { AppRetentionRepository } from './data/app-retention.repository.js';
import { RemoveExpiredDataService } from './remove-expired-data.service.js';

/** Removes what is over its retention; in every role. */
@Module({
  imports: [
    AccessModule,
    AlertsModule,
    DeliveryStoreModule,
    NotificationsModule,
    RecoveriesModule,
    StatisticsModule,
  ],
  providers: [AppRetentionRepository, RemoveExpiredDataService],
})
export class RetentionModule {}
