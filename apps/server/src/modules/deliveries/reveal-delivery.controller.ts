import { Controller } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import type { DeliveryDetail } from '@im/contracts/api/deliveries';
import { deliveryRoutes } from '@im/contracts/routes/delivery-routes';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { ShowDeliveryService } from './show-delivery.service.js';

@Controller()
export class RevealDeliveryController {
  constructor(private readonly deliveries: ShowDeliveryService) {}

  @Route(deliveryRoutes.reveal)
  async reveal(
    @Input() { caller, app, path, body, audit }: RouteInput<typeof deliveryRoutes.reveal>,
  ): Promise<Single<DeliveryDetail>> {
    const row = await this.deliveries.find(app, path.deliveryId);
    audit.note({ detail: { eventId: row.eventId, ...body } });
    // Message contents are revealed, credentials are not.
    return { data: await this.deliveries.show(app, row, caller, false) };
  }
}
