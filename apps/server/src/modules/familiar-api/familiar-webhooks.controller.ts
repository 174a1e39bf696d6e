import { Controller } from '@nestjs/common';
import type {
  FamiliarCreatedWebhook,
  FamiliarDeletedWebhook,
  FamiliarTestResult,
  FamiliarUpdatedWebhook,
  FamiliarWebhook,
  FamiliarWebhookPage,
} from '@im/contracts/api/familiar-webhooks';
import { familiarRoutes } from '@im/contracts/routes/familiar-routes';
import { maskCallbackUrl } from '@im/contracts/urls/mask-callback-url';
import { writtenMembers } from '../../platform/http-server/written-members.js';
import { Clock } from '../../platform/clock/clock.js';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { actorOf } from '../access/identity/domain/identity.js';
import { SendTestService } from '../deliveries/send-test.service.js';
import { SaveWebhookService } from '../webhook-configs/save-webhook.service.js';
import { ShowWebhookService } from '../webhook-configs/show-webhook.service.js';
import { presentCreated, presentUpdated } from './domain/present-webhook.js';
import { FindProjectService } from './find-project.service.js';
import { toChange, toNewWebhook } from './read-webhook.js';
import { ShowFamiliarDeliveriesService } from './show-deliveries.service.js';
import { ShowFamiliarWebhooksService } from './show-webhooks.service.js';
import { withTheirNames } from './with-their-names.js';

@Controller()
export class FamiliarWebhooksController {
  constructor(
    private readonly projects: FindProjectService,
    private readonly familiarWebhooks: ShowFamiliarWebhooksService,
    private readonly familiarDeliveries: ShowFamiliarDeliveriesService,
    private readonly save: SaveWebhookService,
    private readonly showWebhook: ShowWebhookService,
    private readonly sendTest: SendTestService,
    private readonly clock: Clock,
  ) {}

  @Route(familiarRoutes.list)
  async list(
    @Input() { caller, query }: RouteInput<typeof familiarRoutes.list>,
  ): Promise<FamiliarWebhookPage> {
    const app = await this.projects.appOf(caller, query.project_id);
    return this.familiarWebhooks.list(app, query, caller);
  }

  @Route(familiarRoutes.create)
  async create(
    @Input() { caller, body, audit }: RouteInput<typeof familiarRoutes.create>,
  ): Promise<FamiliarCreatedWebhook> {
    const app = await this.projects.appOf(caller, body.project_id);
    const webhook = await withTheirNames(() => this.save.create(app, toNewWebhook(body), actorOf(caller)));
    const { appKey } = app;
    const detail = { url: maskCallbackUrl(webhook.url) };
    audit.note({ appKey, targetId: webhook.webhookId, detail });
    const { data } = await this.showWebhook.one(webhook, app, caller);
    return presentCreated(data, await this.projects.projectIdOf(app), body.secret || null);
  }

  @Route(familiarRoutes.get)
  async get(@Input() { caller, path }: RouteInput<typeof familiarRoutes.get>): Promise<FamiliarWebhook> {
    const { app, webhook } = await this.projects.webhookOf(caller, path.webhookId);
    return this.familiarWebhooks.one(app, webhook, caller);
  }

  @Route(familiarRoutes.update)
  async update(
    @Input() { caller, path, body, audit }: RouteInput<typeof familiarRoutes.update>,
  ): Promise<FamiliarUpdatedWebhook> {
    const { app, webhook } = await this.projects.webhookOf(caller, path.webhookId);
    const target = { webhookId: webhook.webhookId, app };
    const changed = await withTheirNames(() =>
      this.save.update(target, toChange(body), { by: actorOf(caller), expected: null }),
    );
    const detail = { url: maskCallbackUrl(changed.url), fields: Object.keys(body) };
    audit.note({ appKey: app.appKey, detail });
    return presentUpdated((await this.showWebhook.one(changed, app, caller)).data);
  }

  @Route(familiarRoutes.delete)
  async delete(
    @Input() { caller, path, audit }: RouteInput<typeof familiarRoutes.delete>,
  ): Promise<FamiliarDeletedWebhook> {
    const { app, webhook } = await this.projects.webhookOf(caller, path.webhookId);
    await this.save.delete(webhook, { by: actorOf(caller), expected: null });
    audit.note({ appKey: app.appKey, detail: { url: maskCallbackUrl(webhook.url) } });
    return {
      message: 'Webhook deleted successfully',
      webhook_id: webhook.webhookId,
      deleted_at: this.clock.now().toISOString(),
    };
  }

  @Route(familiarRoutes.test)
  async test(
    @Input() { caller, path, body, request, audit }: RouteInput<typeof familiarRoutes.test>,
  ): Promise<FamiliarTestResult> {
    const { app, webhook } = await this.projects.webhookOf(caller, path.webhookId);
    const text = body.payload && writtenMembers(request).get('payload');
    const given = body.payload && text !== undefined ? { data: body.payload, text } : undefined;
    const { deliveryId, status } = await withTheirNames(() =>
      this.sendTest.send(webhook, app.tenantId, body.event_type, given),
    );
    audit.note({ appKey: app.appKey, detail: { deliveryId, status } });
    return this.familiarDeliveries.test(app, deliveryId, caller);
  }
}
