import { Controller } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import type { Delivery } from '@im/contracts/api/deliveries';
import type { SentNow } from '@im/contracts/api/webhook-state';
import { deliveryRoutes } from '@im/contracts/routes/delivery-routes';
import { maskCallbackUrl } from '@im/contracts/urls/mask-callback-url';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { ResolveWebhookService } from '../webhook-configs/resolve-webhook.service.js';
import { presentDelivery } from './present-delivery.js';
import { SendNowService } from './send-now.service.js';

@Controller()
export class SendNowController {
  constructor(
    private readonly webhooks: ResolveWebhookService,
    private readonly sendNow: SendNowService,
  ) {}

  @Route(deliveryRoutes.sendNow)
  async one(@Input() { app, path }: RouteInput<typeof deliveryRoutes.sendNow>): Promise<Single<Delivery>> {
    const sent = await this.sendNow.one(app.appId, path.deliveryId);
    return { data: presentDelivery(sent, app.appKey) };
  }

  @Route(deliveryRoutes.sendAllNow)
  async all(
    @Input() { app, path, audit }: RouteInput<typeof deliveryRoutes.sendAllNow>,
  ): Promise<Single<SentNow>> {
    const webhook = await this.webhooks.find(app, path.webhookId);
    const sent = await this.sendNow.all(webhook);
    audit.note({ detail: { url: maskCallbackUrl(webhook.url), waiting: sent.waiting } });
    return { data: sent };
  }
}
