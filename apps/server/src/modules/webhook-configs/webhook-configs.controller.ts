import { Controller } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import type { Webhook, WebhookPage } from '@im/contracts/api/webhooks';
import { webhookRoutes } from '@im/contracts/routes/webhook-routes';
import { maskCallbackUrl } from '@im/contracts/urls/mask-callback-url';
import { readIfMatch, tagged } from '../../platform/http-server/if-match.js';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { actorOf } from '../access/identity/domain/identity.js';
import { ListWebhooksService } from './list-webhooks.service.js';
import { ResolveWebhookService } from './resolve-webhook.service.js';
import { SaveWebhookService } from './save-webhook.service.js';
import { ShowWebhookService } from './show-webhook.service.js';

@Controller()
export class WebhookConfigsController {
  constructor(
    private readonly webhooks: ResolveWebhookService,
    private readonly listWebhooks: ListWebhooksService,
    private readonly save: SaveWebhookService,
    private readonly showWebhook: ShowWebhookService,
  ) {}

  @Route(webhookRoutes.list)
  list(@Input() { app, query, caller }: RouteInput<typeof webhookRoutes.list>): Promise<WebhookPage> {
    return this.listWebhooks.list(app, query, caller);
  }

  @Route(webhookRoutes.create)
  async create(
    @Input() { caller, app, body, audit, reply }: RouteInput<typeof webhookRoutes.create>,
  ): Promise<Single<Webhook>> {
    const webhook = await this.save.create(app, body, actorOf(caller));
    audit.note({ targetId: webhook.webhookId, detail: { url: maskCallbackUrl(webhook.url) } });
    return tagged(reply, await this.showWebhook.one(webhook, app, caller));
  }

  @Route(webhookRoutes.get)
  async get(
    @Input() { caller, app, path, reply }: RouteInput<typeof webhookRoutes.get>,
  ): Promise<Single<Webhook>> {
    const webhook = await this.webhooks.find(app, path.webhookId);
    return tagged(reply, await this.showWebhook.one(webhook, app, caller));
  }

  @Route(webhookRoutes.update)
  async update(
    @Input() { caller, app, path, body, headers, audit, reply }: RouteInput<typeof webhookRoutes.update>,
  ): Promise<Single<Webhook>> {
    const { webhookId } = await this.webhooks.find(app, path.webhookId);
    const expected = readIfMatch(headers['If-Match']);
    const target = { webhookId, app };
    const changed = await this.save.update(target, body, { by: actorOf(caller), expected });
    audit.note({ detail: { url: maskCallbackUrl(changed.url), fields: Object.keys(body) } });
    return tagged(reply, await this.showWebhook.one(changed, app, caller));
  }

  @Route(webhookRoutes.delete)
  async delete(
    @Input() { caller, app, path, headers, audit }: RouteInput<typeof webhookRoutes.delete>,
  ): Promise<void> {
    const webhook = await this.webhooks.find(app, path.webhookId);
    const expected = readIfMatch(headers['If-Match']);
    await this.save.delete(webhook, { by: actorOf(caller), expected });
    audit.note({ detail: { url: maskCallbackUrl(webhook.url) } });
  }
}
