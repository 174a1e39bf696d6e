import { Body, Controller, Headers, Ip, Param, Query, Res } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import type { Webhook, WebhookPage } from '@im/contracts/api/webhooks';
import { webhookRoutes } from '@im/contracts/routes/webhook-routes';
import { maskCallbackUrl } from '@im/contracts/urls/mask-callback-url';
import type { FastifyReply } from 'fastify';
import { readIfMatch, tagged } from '../../platform/http-server/if-match.js';
import { parseBody, parseQuery } from '../../platform/http-server/parse-input.js';
import { Caller, Route } from '../access/access.decorators.js';
import { actorOf, type Identity } from '../access/identity/domain/identity.js';
import { RecordAuditService } from '../access/audit/record-audit.service.js';
import { ResolveAppService } from '../apps/resolve-app.service.js';
import { ChangeWebhookService } from './change-webhook.service.js';
import { ListWebhooksService } from './list-webhooks.service.js';
import { ResolveWebhookService } from './resolve-webhook.service.js';
import { SaveWebhookService } from './save-webhook.service.js';
import { ShowWebhookService } from './show-webhook.service.js';

@Controller()
export class WebhookConfigsController {
  constructor(
    private readonly apps: ResolveAppService,
    private readonly resolveWebhook: ResolveWebhookService,
    private readonly listWebhooks: ListWebhooksService,
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
  ): Promise<WebhookPage> {
    const app = await this.apps.forCaller(caller, appKey);
    return this.listWebhooks.list(app, parseQuery(webhookRoutes.list.query, query), caller);
  }

  @Route(webhookRoutes.create)
  async create(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Body() body: unknown,
    @Ip() ipAddress: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Single<Webhook>> {
    const app = await this.apps.forCaller(caller, appKey);
    const input = parseBody(webhookRoutes.create.body, body);
    const webhook = await this.save.create(app, input, actorOf(caller));
    await this.audit.record({
      identity: caller,
      action: 'webhook.created',
      appKey,
      targetId: webhook.webhookId,
      detail: { url: maskCallbackUrl(webhook.url) },
      ipAddress,
    });
    return tagged(reply, await this.showWebhook.one(webhook, app, caller));
  }

  @Route(webhookRoutes.get)
  async get(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Single<Webhook>> {
    const { app, webhook } = await this.resolveWebhook.forCaller(caller, appKey, id);
    return tagged(reply, await this.showWebhook.one(webhook, app, caller));
  }

  @Route(webhookRoutes.update)
  async update(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') id: string,
    @Body() body: unknown,
    @Ip() ipAddress: string,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('if-match') ifMatch?: string,
  ): Promise<Single<Webhook>> {
    const resolved = await this.resolveWebhook.forCaller(caller, appKey, id);
    const expected = readIfMatch(ifMatch);
    const input = parseBody(webhookRoutes.update.body, body);
    const change = { caller, ...resolved, input, expected, ipAddress };
    return tagged(reply, await this.changeWebhook.change(change));
  }

  @Route(webhookRoutes.delete)
  async delete(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') id: string,
    @Ip() ipAddress: string,
    @Headers('if-match') ifMatch?: string,
  ): Promise<void> {
    const resolved = await this.resolveWebhook.forCaller(caller, appKey, id);
    await this.changeWebhook.delete({ caller, ...resolved, expected: readIfMatch(ifMatch), ipAddress });
  }
}
