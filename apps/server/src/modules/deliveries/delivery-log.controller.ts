import { Controller } from '@nestjs/common';
import type { Page, Single } from '@im/contracts/api/common';
import type { Delivery, DeliveryDetail, Redelivered } from '@im/contracts/api/deliveries';
import { deliveryRoutes } from '@im/contracts/routes/delivery-routes';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { seesContent, seesMembers } from '../access/identity/domain/identity.js';
import { ResolveWebhookService } from '../webhook-configs/resolve-webhook.service.js';
import { presentDelivery } from './present-delivery.js';
import { RedeliverManyService } from './redeliver-many.service.js';
import { RedeliverService } from './redeliver.service.js';
import { SearchDeliveriesService } from './search-deliveries.service.js';
import { ShowDeliveryService } from './show-delivery.service.js';

@Controller()
export class DeliveryLogController {
  constructor(
    private readonly webhooks: ResolveWebhookService,
    private readonly deliveries: ShowDeliveryService,
    private readonly search: SearchDeliveriesService,
    private readonly redeliverService: RedeliverService,
    private readonly redeliverManyService: RedeliverManyService,
  ) {}

  @Route(deliveryRoutes.list)
  list(@Input() { caller, app, query }: RouteInput<typeof deliveryRoutes.list>): Promise<Page<Delivery>> {
    return this.search.page(app, query, seesMembers(caller));
  }

  @Route(deliveryRoutes.listOfWebhook)
  async listOfWebhook(
    @Input() { caller, app, path, query }: RouteInput<typeof deliveryRoutes.listOfWebhook>,
  ): Promise<Page<Delivery>> {
    const { webhookId } = await this.webhooks.find(app, path.webhookId);
    return this.search.page(app, { ...query, webhookId }, seesMembers(caller));
  }

  @Route(deliveryRoutes.get)
  async get(
    @Input() { caller, app, path }: RouteInput<typeof deliveryRoutes.get>,
  ): Promise<Single<DeliveryDetail>> {
    const row = await this.deliveries.find(app, path.deliveryId);
    return { data: await this.deliveries.show(app, row, caller, !seesContent(caller)) };
  }

  @Route(deliveryRoutes.redeliver)
  async redeliver(
    @Input() { app, path, audit }: RouteInput<typeof deliveryRoutes.redeliver>,
  ): Promise<Single<Delivery>> {
    const { deliveryId } = await this.deliveries.find(app, path.deliveryId);
    const redelivery = await this.redeliverService.redeliver(app.appId, deliveryId);
    audit.note({ detail: { newDeliveryId: redelivery.deliveryId } });
    return { data: presentDelivery(redelivery, app.appKey) };
  }

  @Route(deliveryRoutes.redeliverMany)
  async redeliverMany(
    @Input() { app, body, audit }: RouteInput<typeof deliveryRoutes.redeliverMany>,
  ): Promise<Single<Redelivered>> {
    const { filter, deliveryIds } = body;
    const data = await this.redeliverManyService.redeliver(app, body, (redelivered, transaction) => {
      audit.note({ detail: { ...filter, ...(deliveryIds && { deliveryIds }), ...redelivered } });
      return audit.record(transaction);
    });
    return { data };
  }

  @Route(deliveryRoutes.cancel)
  async cancel(@Input() { app, path }: RouteInput<typeof deliveryRoutes.cancel>): Promise<Single<Delivery>> {
    const canceled = await this.redeliverService.cancel(app.appId, path.deliveryId);
    return { data: presentDelivery(canceled, app.appKey) };
  }
}
