/** One delivery in full: what was sent, what came back. */
import { Injectable } from '@nestjs/common';
import type { DeliveryDetail } from '@im/contracts/api/deliveries';
import { DomainError } from '../../platform/http/domain-error.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { DeliveryLogRepository, type DeliveryRow } from './data/delivery-log.repository.js';
import { presentDeliveryDetail, type DeliveryView } from './present-delivery.js';

@Injectable()
export class ShowDeliveryService {
  constructor(private readonly log: DeliveryLogRepository) {}

  /** @throws DomainError `not_found` when the app has no such delivery */
  async find(app: AppRef, deliveryId: string): Promise<DeliveryRow> {
    const row = await this.log.find(app.appId, deliveryId);
    if (!row) throw DomainError.notFound('delivery');
    return row;
  }

  async show(app: AppRef, row: DeliveryRow, view: DeliveryView): Promise<DeliveryDetail> {
    const event = await this.log.eventOf(row.eventId);
    const attempts = await this.log.attemptsOf(row.deliveryId);
    return presentDeliveryDetail(row, app.appKey, event, attempts, view);
  }
}
