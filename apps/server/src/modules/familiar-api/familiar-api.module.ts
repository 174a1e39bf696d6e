import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { AppsModule } from '../apps/apps.module.js';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { DeliveryStoreModule } from '../delivery-store/delivery-store.module.js';
import { StatisticsModule } from '../statistics/statistics.module.js';
import { WebhookConfigsModule } from '../webhook-configs/webhook-configs.module.js';
import { CountDeliveriesRepository } from './data/count-deliveries.repository.js';
import { FamiliarDeliveriesController } from './familiar-deliveries.controller.js';
import { FamiliarWebhooksController } from './familiar-webhooks.controller.js';
import { FindProjectService } from './find-project.service.js';
import { ShowFamiliarDeliveriesService } from './show-deliveries.service.js';
import { ShowFamiliarWebhooksService } from './show-webhooks.service.js';

/** Wires `/api/webhooks`: another webhook API over the services of this one. */
@Module({
  imports: [
    AccessModule,
    AppsModule,
    WebhookConfigsModule,
    DeliveryStoreModule,
    DeliveriesModule,
    StatisticsModule,
  ],
  controllers: [FamiliarDeliveriesController, FamiliarWebhooksController],
  providers: [
    CountDeliveriesRepository,
    FindProjectService,
    ShowFamiliarDeliveriesService,
    ShowFamiliarWebhooksService,
  ],
})
export class FamiliarApiModule {}
