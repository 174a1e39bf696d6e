import { Body, Controller, Ip, Param } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import type { DeliveryDetail } from '@im/contracts/api/deliveries';
import { deliveryRoutes } from '@im/contracts/routes/delivery-routes';
import { parseBody, parseId } from '../../platform/http-server/parse-input.js';
import { Caller, Route } from '../access/access.decorators.js';
import type { Identity } from '../access/identity/domain/identity.js';
import { RecordAuditService } from '../access/audit/record-audit.service.js';
import { ResolveAppService } from '../apps/resolve-app.service.js';
import { ShowDeliveryService } from './show-delivery.service.js';

@Controller()
export class RevealDeliveryController {
  constructor(
    private readonly apps: ResolveAppService,
    private readonly deliveries: ShowDeliveryService,
    private readonly audit: RecordAuditService,
  ) {}

  @Route(deliveryRoutes.reveal)
  async reveal(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('deliveryId') id: string,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<DeliveryDetail>> {
    const app = await this.apps.forCaller(caller, appKey);
    const row = await this.deliveries.find(app, parseId(id, 'delivery'));
    const { reason } = parseBody(deliveryRoutes.reveal.body, body);
    await this.audit.record({
      identity: caller,
      action: 'delivery.revealed',
      appKey,
      targetId: row.deliveryId,
      detail: { eventId: row.eventId, ...(reason !== undefined && { reason }) },
      ipAddress,
    });
    // Messages are revealed, credentials are not.
    return { data: await this.deliveries.show(app, row, caller, false) };
  }
}
