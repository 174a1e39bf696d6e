import { Body, Controller, Ip, Param, Query } from '@nestjs/common';
import type { Page, Single } from '@im/contracts/api/common';
import type { RevealedWebhookSecret, Webhook } from '@im/contracts/api/webhooks';
import { webhookRoutes } from '@im/contracts/routes/webhook-routes';
import { readIdCursor } from '../../platform/http/id-page.js';
import { parseBody, parseQuery } from '../../platform/http/parse-input.js';
import { Caller, Route } from '../access/access.decorators.js';
import { actorOf, type Identity } from '../access/domain/identity.js';
import { RecordAuditService } from '../access/record-audit.service.js';
import { ResolveAppService } from '../apps/resolve-app.service.js';
import { ChangeWebhookService } from './change-webhook.service.js';
import { WebhookConfigsRepository } from './data/webhook-configs.repository.js';
import { ResolveWebhookService } from './resolve-webhook.service.js';
import { SaveWebhookService } from './save-webhook.service.js';
import { ShowWebhookService } from './show-webhook.service.js';

@Controller()
export class WebhookConfigsController {
  constructor(
    private readonly apps: ResolveAppService,
    private readonly resolveWebhook: ResolveWebhookService,
    private readonly webhooks: WebhookConfigsRepository,
    private readonly save: SaveWebhookService,
    private readonly changeWebhook: ChangeWebhookService,
    private readonly showWebhook: ShowWebhookService,
    private readonly audit: RecordAuditService,
  ) {}

  @Route(webhookRoutes.list)
  async list(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Query() query: unknown,
  ): Promise<Page<Webhook>> {
    const { limit, cursor } = parseQuery(webhookRoutes.list.query, query);
    const app = await this.apps.forCaller(caller, appKey);
    const rows = await this.webhooks.list(app.appId, limit + 1, readIdCursor(cursor));
    return this.showWebhook.page(rows, limit, app, caller);
  }

  @Route(webhookRoutes.create)
  async create(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<Webhook>> {
    const app = await this.apps.forCaller(caller, appKey);
    const input = parseBody(webhookRoutes.create.body, body);
    const webhook = await this.save.create(app.appId, input, actorOf(caller));
    await this.audit.record({
      identity: caller,
      action: 'webhook.created',
      appKey,
      targetId: webhook.webhookId,
      detail: { url: webhook.url },
      ipAddress,
    });
    return this.showWebhook.one(webhook, app, caller);
  }

  @Route(webhookRoutes.get)
  async get(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') id: string,
  ): Promise<Single<Webhook>> {
    const { app, webhook } = await this.resolveWebhook.forCaller(caller, appKey, id);
    return this.showWebhook.one(webhook, app, caller);
  }

  @Route(webhookRoutes.update)
  async update(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') id: string,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<Webhook>> {
    const { app, webhook } = await this.resolveWebhook.forCaller(caller, appKey, id);
    const input = parseBody(webhookRoutes.update.body, body);
    return this.changeWebhook.change({ caller, app, webhook, input, ipAddress });
  }

  @Route(webhookRoutes.delete)
  async delete(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') id: string,
    @Ip() ipAddress: string,
  ): Promise<void> {
    const { webhook } = await this.resolveWebhook.forCaller(caller, appKey, id);
    await this.save.delete(webhook);
    await this.audit.record({
      identity: caller,
      action: 'webhook.deleted',
      appKey,
      targetId: webhook.webhookId,
      detail: { url: webhook.url },
      ipAddress,
    });
  }

  @Route(webhookRoutes.revealSecret)
  async reveal(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') id: string,
    @Ip() ipAddress: string,
  ): Promise<Single<RevealedWebhookSecret>> {
    const { webhook } = await this.resolveWebhook.forCaller(caller, appKey, id);
    await this.audit.record({
      identity: caller,
      action: 'webhook.secret_revealed',
      appKey,
      targetId: webhook.webhookId,
      ipAddress,
    });
    return { data: this.save.revealSecret(webhook) };
  }
}
