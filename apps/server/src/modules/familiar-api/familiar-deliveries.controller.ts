import { Controller } from '@nestjs/common';
import type {
  FamiliarDeliveryPage,
  FamiliarRedelivery,
  FamiliarStatistics,
} from '@im/contracts/api/familiar-deliveries';
import { statisticsQuerySchema } from '@im/contracts/api/statistics';
import { familiarRoutes } from '@im/contracts/routes/familiar-routes';
import { maskCallbackUrl } from '@im/contracts/urls/mask-callback-url';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { seesCallbackUrls } from '../access/identity/domain/identity.js';
import { RedeliverService } from '../deliveries/redeliver.service.js';
import { ShowDeliveryService } from '../deliveries/show-delivery.service.js';
import { ShowStatisticsService } from '../statistics/show-statistics.service.js';
import { ShowWebhookService } from '../webhook-configs/show-webhook.service.js';
import { afterEndOf, beginOf } from './domain/dates.js';
import { presentStatistics } from './domain/present-statistics.js';
import { FindProjectService } from './find-project.service.js';
import { ShowFamiliarDeliveriesService } from './show-deliveries.service.js';
import { withTheirNames } from './with-their-names.js';

@Controller()
export class FamiliarDeliveriesController {
  constructor(
    private readonly projects: FindProjectService,
    private readonly familiarDeliveries: ShowFamiliarDeliveriesService,
    private readonly deliveries: ShowDeliveryService,
    private readonly redelivery: RedeliverService,
    private readonly showWebhook: ShowWebhookService,
    private readonly showStatistics: ShowStatisticsService,
  ) {}

  @Route(familiarRoutes.deliveries)
  async list(
    @Input() { caller, path, query }: RouteInput<typeof familiarRoutes.deliveries>,
  ): Promise<FamiliarDeliveryPage> {
    const { app, webhook } = await this.projects.webhookOf(caller, path.webhookId);
    return this.familiarDeliveries.list(app, webhook, query, caller);
  }

  @Route(familiarRoutes.redeliver)
  async redeliver(
    @Input() { caller, path, audit }: RouteInput<typeof familiarRoutes.redeliver>,
  ): Promise<FamiliarRedelivery> {
    const { app, webhook } = await this.projects.webhookOf(caller, path.webhookId);
    const original = await this.deliveries.find(app, path.deliveryId);
    if (original.webhookId !== webhook.webhookId) throw DomainError.notFound('delivery');
    const accepted = await this.redelivery.redeliver(app.appId, original.deliveryId);
    audit.note({ appKey: app.appKey, detail: { newDeliveryId: accepted.deliveryId } });
    return {
      delivery_id: accepted.deliveryId,
      original_delivery_id: original.deliveryId,
      event_type: accepted.event,
      status: accepted.status,
      scheduled_at: (accepted.nextAttemptAt ?? accepted.createdAt).toISOString(),
      webhook_url: seesCallbackUrls(caller) ? webhook.url : maskCallbackUrl(webhook.url),
    };
  }

  @Route(familiarRoutes.statistics)
  async statistics(
    @Input() { caller, path, query }: RouteInput<typeof familiarRoutes.statistics>,
  ): Promise<FamiliarStatistics> {
    const { app, webhook } = await this.projects.webhookOf(caller, path.webhookId);
    const wanted = statisticsQuerySchema.parse({
      period: query.period,
      ...(query.start_date !== undefined && { from: beginOf(query.start_date) }),
      ...(query.end_date !== undefined && { to: afterEndOf(query.end_date) }),
    });
    const { webhookId } = webhook;
    const statistics = await withTheirNames(() =>
      this.showStatistics.ofWebhook(app.appId, webhookId, wanted),
    );
    const { data } = await this.showWebhook.one(webhook, app, caller);
    return presentStatistics(webhookId, statistics, data.consecutiveFailures === 0);
  }
}
