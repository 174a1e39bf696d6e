import { Controller } from '@nestjs/common';
import type { BeforeStatistics } from '@im/contracts/api/before-stats';
import type { Single } from '@im/contracts/api/common';
import type { FailureCauses } from '@im/contracts/api/failure-causes';
import type { AppStatistics, WebhookStatistics } from '@im/contracts/api/statistics';
import { beforeRoutes } from '@im/contracts/routes/before-routes';
import { statisticsRoutes } from '@im/contracts/routes/statistics-routes';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { ResolveWebhookService } from '../webhook-configs/resolve-webhook.service.js';
import { ReadBeforeCountsService } from './read-before-counts.service.js';
import { ShareMinutesService } from './share-minutes.service.js';
import { ShowFailureCausesService } from './show-failure-causes.service.js';

@Controller()
export class StatisticsController {
  constructor(
    private readonly webhooks: ResolveWebhookService,
    private readonly statistics: ShareMinutesService,
    private readonly before: ReadBeforeCountsService,
    private readonly causes: ShowFailureCausesService,
  ) {}

  @Route(statisticsRoutes.ofWebhook)
  async ofWebhook(
    @Input() { app, path, query }: RouteInput<typeof statisticsRoutes.ofWebhook>,
  ): Promise<Single<WebhookStatistics>> {
    const { webhookId } = await this.webhooks.find(app, path.webhookId);
    return { data: await this.statistics.ofWebhook(app.appId, webhookId, query) };
  }

  @Route(beforeRoutes.statistics)
  async beforeOfWebhook(
    @Input() { app, path, query }: RouteInput<typeof beforeRoutes.statistics>,
  ): Promise<Single<BeforeStatistics>> {
    const { webhookId } = await this.webhooks.find(app, path.webhookId);
    return { data: await this.before.ofWebhook(webhookId, query) };
  }

  @Route(statisticsRoutes.ofApp)
  async ofApp(
    @Input() { app, query }: RouteInput<typeof statisticsRoutes.ofApp>,
  ): Promise<Single<AppStatistics>> {
    return { data: await this.statistics.ofApp(app.appId, query) };
  }

  @Route(statisticsRoutes.failureCauses)
  async failureCauses(
    @Input() { app, query }: RouteInput<typeof statisticsRoutes.failureCauses>,
  ): Promise<Single<FailureCauses>> {
    return { data: await this.causes.ofApp(app.appId, query) };
  }
}
