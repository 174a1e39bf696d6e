/** Shows webhooks as `/api/webhooks` does: lists by offset, and one with its latest deliveries. */
import { STATUS_CODES } from 'node:http';
import { Injectable } from '@nestjs/common';
import { statisticsQuerySchema } from '@im/contracts/api/statistics';
import type {
  FamiliarListWebhooksQuery,
  FamiliarRecentDelivery,
  FamiliarWebhook,
  FamiliarWebhookPage,
} from '@im/contracts/api/familiar-webhooks';
import type { WebhookSort } from '@im/contracts/api/webhooks';
import type { Identity } from '../access/identity/domain/identity.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { SearchDeliveriesService } from '../deliveries/search-deliveries.service.js';
import { ShowStatisticsService } from '../statistics/show-statistics.service.js';
import { ListWebhooksService } from '../webhook-configs/list-webhooks.service.js';
import { ShowWebhookService } from '../webhook-configs/show-webhook.service.js';
import type { WebhookConfig } from '../webhook-configs/webhook-config.js';
import { pageByOffset } from './domain/page-by-offset.js';
import { presentRecent } from './domain/present-delivery.js';
import { presentListed, presentWhole } from './domain/present-webhook.js';
import { wholeMs } from './domain/success-rate.js';
import { FindProjectService } from './find-project.service.js';

const RECENT_DELIVERIES = 5;
/** The last 30 days. */
const LATELY = statisticsQuerySchema.parse({});

const SORTS: Readonly<Record<FamiliarListWebhooksQuery['sort'], WebhookSort>> = {
  created_at: 'createdAt',
  updated_at: 'updatedAt',
  name: 'name',
  url: 'url',
};

@Injectable()
export class ShowFamiliarWebhooksService {
  constructor(
    private readonly projects: FindProjectService,
    private readonly listWebhooks: ListWebhooksService,
    private readonly showWebhook: ShowWebhookService,
    private readonly statistics: ShowStatisticsService,
    private readonly search: SearchDeliveriesService,
  ) {}

  async list(app: AppRef, query: FamiliarListWebhooksQuery, caller: Identity): Promise<FamiliarWebhookPage> {
    const { limit, offset, sort, order, active: enabled } = query;
    let total = 0;
    const { rows, hasMore } = await pageByOffset(async (rowsWanted, cursor) => {
      const wanted = { limit: rowsWanted, cursor, enabled, sort: SORTS[sort], order };
      const page = await this.listWebhooks.list(app, wanted, caller);
      ({ total } = page.page);
      return page;
    }, query);
    const projectId = await this.projects.projectIdOf(app);
    return {
      webhooks: rows.map((webhook) => presentListed(webhook, projectId)),
      total,
      pagination: { limit, offset, has_more: hasMore },
    };
  }

  async one(app: AppRef, webhook: WebhookConfig, caller: Identity): Promise<FamiliarWebhook> {
    const { webhookId } = webhook;
    const { data } = await this.showWebhook.one(webhook, app, caller);
    const { overall } = await this.statistics.ofWebhook(app.appId, webhookId, LATELY);
    const projectId = await this.projects.projectIdOf(app);
    return presentWhole(
      data,
      projectId,
      wholeMs(overall.meanMs),
      await this.recentOf(app, webhookId, caller),
    );
  }

  private async recentOf(
    app: AppRef,
    webhookId: string,
    caller: Identity,
  ): Promise<FamiliarRecentDelivery[]> {
    if (caller.kind === 'api_token' && !caller.scopes.includes('deliveries:read')) return [];
    const { data } = await this.search.page(app, { webhookId, limit: RECENT_DELIVERIES, order: 'desc' });
    return data.map((delivery) => presentRecent(delivery, STATUS_CODES));
  }
}
