import { Controller, Param, Query } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import type { AppStatistics, WebhookStatistics } from '@im/contracts/api/statistics';
import { statisticsRoutes } from '@im/contracts/routes/statistics-routes';
import { parseQuery } from '../../platform/http-server/parse-input.js';
import { Caller, Route } from '../access/access.decorators.js';
import type { Identity } from '../access/identity/domain/identity.js';
import { ResolveAppService } from '../apps/resolve-app.service.js';
import { ResolveWebhookService } from '../webhook-configs/resolve-webhook.service.js';
import { ShowStatisticsService } from './show-statistics.service.js';

@Controller()
export class StatisticsController {
  constructor(
    private readonly apps: ResolveAppService,
    private readonly webhooks: ResolveWebhookService,
    private readonly statistics: ShowStatisticsService,
  ) {}

  @Route(statisticsRoutes.ofWebhook)
  async ofWebhook(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') id: string,
    @Query() query: unknown,
  ): Promise<Single<WebhookStatistics>> {
    const { webhook } = await this.webhooks.forCaller(caller, appKey, id);
    const parsed = parseQuery(statisticsRoutes.ofWebhook.query, query);
    return { data: await this.statistics.ofWebhook(webhook.webhookId, parsed) };
  }

  @Route(statisticsRoutes.ofApp)
  async ofApp(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Query() query: unknown,
  ): Promise<Single<AppStatistics>> {
    const app = await this.apps.forCaller(caller, appKey);
    const parsed = parseQuery(statisticsRoutes.ofApp.query, query);
    return { data: await this.statistics.ofApp(app.appId, parsed) };
  }
}
