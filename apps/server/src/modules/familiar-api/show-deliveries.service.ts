/** Shows deliveries as `/api/webhooks` does: each with its payload and the last answer, paged by offset. */
import { STATUS_CODES } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { Delivery } from '@im/contracts/api/deliveries';
import type {
  FamiliarDelivery,
  FamiliarDeliveryPage,
  FamiliarListDeliveriesQuery,
} from '@im/contracts/api/familiar-deliveries';
import type { FamiliarTestResult } from '@im/contracts/api/familiar-webhooks';
import { seesContent, type Identity } from '../access/identity/domain/identity.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { ResolveSearchService } from '../deliveries/resolve-search.service.js';
import { SearchDeliveriesService } from '../deliveries/search-deliveries.service.js';
import { ShowDeliveryService } from '../deliveries/show-delivery.service.js';
import { DeliveryLogRepository } from '../delivery-store/data/delivery-log.repository.js';
import { ShowWebhookService } from '../webhook-configs/show-webhook.service.js';
import type { WebhookConfig } from '../webhook-configs/webhook-config.js';
import { CountDeliveriesRepository } from './data/count-deliveries.repository.js';
import { afterEndOf, beginOf } from './domain/dates.js';
import { pageByOffset } from './domain/page-by-offset.js';
import { presentDelivery, presentTest } from './domain/present-delivery.js';
import { rateOf } from './domain/present-webhook.js';

@Injectable()
export class ShowFamiliarDeliveriesService {
  constructor(
    private readonly search: SearchDeliveriesService,
    private readonly meaning: ResolveSearchService,
    private readonly counts: CountDeliveriesRepository,
    private readonly showDelivery: ShowDeliveryService,
    private readonly log: DeliveryLogRepository,
    private readonly showWebhook: ShowWebhookService,
  ) {}

  async list(
    app: AppRef,
    webhook: WebhookConfig,
    query: FamiliarListDeliveriesQuery,
    caller: Identity,
  ): Promise<FamiliarDeliveryPage> {
    const { webhookId } = webhook;
    const { limit, offset, status, event_type: event } = query;
    const filter = {
      status,
      ...(query.start_date !== undefined && { from: beginOf(query.start_date) }),
      ...(query.end_date !== undefined && { to: afterEndOf(query.end_date) }),
      order: 'desc',
    } as const;
    const { rows, hasMore } = await pageByOffset(
      (rowsWanted, cursor) =>
        this.search.page(app, { ...filter, event, webhookId, limit: rowsWanted, cursor }),
      query,
    );
    const wanted = await this.meaning.eventsOf(app.tenantId, event);
    const { data } = await this.showWebhook.one(webhook, app, caller);
    return {
      deliveries: await this.wholeOf(app, rows, caller),
      total: await this.counts.count(webhookId, { ...filter, ...wanted, appId: app.appId }),
      pagination: { limit, offset, has_more: hasMore },
      stats: {
        total_deliveries: data.stats.total,
        successful_deliveries: data.stats.succeeded,
        failed_deliveries: data.stats.failed,
        pending_deliveries: data.stats.pending,
        success_rate: rateOf(data),
      },
    };
  }

  async test(app: AppRef, deliveryId: string, caller: Identity): Promise<FamiliarTestResult> {
    const row = await this.showDelivery.find(app, deliveryId);
    return presentTest(await this.showDelivery.show(app, row, caller, !seesContent(caller)), STATUS_CODES);
  }

  private async wholeOf(
    app: AppRef,
    deliveries: readonly Delivery[],
    caller: Identity,
  ): Promise<FamiliarDelivery[]> {
    const whole: FamiliarDelivery[] = [];
    for (const { deliveryId, eventId } of deliveries) {
      const row = await this.showDelivery.find(app, deliveryId);
      const detail = await this.showDelivery.show(app, row, caller, !seesContent(caller));
      const event = await this.log.eventOf(eventId);
      whole.push(presentDelivery(detail, event?.occurredAt.toISOString() ?? null, STATUS_CODES));
    }
    return whole;
  }
}
