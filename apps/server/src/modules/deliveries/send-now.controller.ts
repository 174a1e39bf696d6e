import { Controller, Ip, Param } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import type { Delivery } from '@im/contracts/api/deliveries';
import type { SentNow } from '@im/contracts/api/webhook-state';
import { deliveryRoutes } from '@im/contracts/routes/delivery-routes';
import { maskCallbackUrl } from '@im/contracts/urls/mask-callback-url';
import { parseId } from '../../platform/http-server/parse-input.js';
import { Caller, Route } from '../access/access.decorators.js';
import type { Identity } from '../access/identity/domain/identity.js';
import { RecordAuditService } from '../access/audit/record-audit.service.js';
import { ResolveAppService } from '../apps/resolve-app.service.js';
import { ResolveWebhookService } from '../webhook-configs/resolve-webhook.service.js';
import { presentDelivery } from './present-delivery.js';
import { SendNowService } from './send-now.service.js';

@Controller()
export class SendNowController {
  constructor(
    private readonly apps: ResolveAppService,
    private readonly resolveWebhook: ResolveWebhookService,
    private readonly sendNow: SendNowService,
    private readonly audit: RecordAuditService,
  ) {}

  @Route(deliveryRoutes.sendNow)
  async one(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('deliveryId') id: string,
    @Ip() ipAddress: string,
  ): Promise<Single<Delivery>> {
    const app = await this.apps.forCaller(caller, appKey);
    const sent = await this.sendNow.one(app.appId, parseId(id, 'delivery'));
    await this.audit.record({
      identity: caller,
      action: 'delivery.sent_now',
      appKey,
      targetId: sent.deliveryId,
      ipAddress,
    });
    return { data: presentDelivery(sent, app.appKey) };
  }

  @Route(deliveryRoutes.sendAllNow)
  async all(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') id: string,
    @Ip() ipAddress: string,
  ): Promise<Single<SentNow>> {
    const { webhook } = await this.resolveWebhook.forCaller(caller, appKey, id);
    const sent = await this.sendNow.all(webhook);
    await this.audit.record({
      identity: caller,
      action: 'webhook.sent_now',
      appKey,
      targetId: webhook.webhookId,
      detail: { url: maskCallbackUrl(webhook.url), waiting: sent.waiting },
      ipAddress,
    });
    return { data: sent };
  }
}
