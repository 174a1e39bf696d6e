import { Controller, Ip, Param, Query } from '@nestjs/common';
import type { Page, Single } from '@im/contracts/api/common';
import type { Delivery, DeliveryDetail } from '@im/contracts/api/deliveries';
import { deliveryRoutes } from '@im/contracts/routes/delivery-routes';
import { parseId, parseQuery } from '../../platform/http-server/parse-input.js';
import { Caller, Route } from '../access/access.decorators.js';
import { seesContent, type Identity } from '../access/identity/domain/identity.js';
import { RecordAuditService } from '../access/audit/record-audit.service.js';
import { ResolveAppService } from '../apps/resolve-app.service.js';
import { ResolveWebhookService } from '../webhook-configs/resolve-webhook.service.js';
import { presentDelivery } from './present-delivery.js';
import { RedeliverService } from './redeliver.service.js';
import { SearchDeliveriesService } from './search-deliveries.service.js';
import { ShowDeliveryService } from './show-delivery.service.js';

@Controller()
export class DeliveryLogController {
  constructor(
    private readonly apps: ResolveAppService,
    private readonly resolveWebhook: ResolveWebhookService,
    private readonly deliveries: ShowDeliveryService,
    private readonly search: SearchDeliveriesService,
    private readonly redeliverService: RedeliverService,
    private readonly audit: RecordAuditService,
  ) {}

  @Route(deliveryRoutes.list)
  async list(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Query() query: unknown,
  ): Promise<Page<Delivery>> {
    const app = await this.apps.forCaller(caller, appKey);
    return this.search.page(app, parseQuery(deliveryRoutes.list.query, query));
  }

  @Route(deliveryRoutes.listOfWebhook)
  async listOfWebhook(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') id: string,
    @Query() query: unknown,
  ): Promise<Page<Delivery>> {
    const { app, webhook } = await this.resolveWebhook.forCaller(caller, appKey, id);
    const filters = parseQuery(deliveryRoutes.listOfWebhook.query, query);
    return this.search.page(app, { ...filters, webhookId: webhook.webhookId });
  }

  @Route(deliveryRoutes.get)
  async get(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('deliveryId') id: string,
  ): Promise<Single<DeliveryDetail>> {
    const app = await this.apps.forCaller(caller, appKey);
    const row = await this.deliveries.find(app, parseId(id, 'delivery'));
    return { data: await this.deliveries.show(app, row, caller, !seesContent(caller)) };
  }

  @Route(deliveryRoutes.redeliver)
  async redeliver(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('deliveryId') id: string,
    @Ip() ipAddress: string,
  ): Promise<Single<Delivery>> {
    const app = await this.apps.forCaller(caller, appKey);
    const originalId = parseId(id, 'delivery');
    const redelivery = await this.redeliverService.redeliver(app.appId, originalId);
    await this.audit.record({
      identity: caller,
      action: 'delivery.redelivered',
      appKey,
      targetId: originalId,
      detail: { newDeliveryId: redelivery.deliveryId },
      ipAddress,
    });
    return { data: presentDelivery(redelivery, app.appKey) };
  }

  @Route(deliveryRoutes.cancel)
  async cancel(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('deliveryId') id: string,
    @Ip() ipAddress: string,
  ): Promise<Single<Delivery>> {
    const app = await this.apps.forCaller(caller, appKey);
    const canceled = await this.redeliverService.cancel(app.appId, parseId(id, 'delivery'));
    await this.audit.record({
      identity: caller,
      action: 'delivery.canceled',
      appKey,
      targetId: canceled.deliveryId,
      ipAddress,
    });
    return { data: presentDelivery(canceled, app.appKey) };
  }
}
