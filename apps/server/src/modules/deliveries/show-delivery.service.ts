/** Shows one delivery in full: what was sent, what came back. */
import { Injectable } from '@nestjs/common';
import { parseExactly, withExactNumbers } from '@im/contracts/exact-json';
import type { DeliveryDetail } from '@im/contracts/api/deliveries';
import { MASK, maskUserIds } from '@im/contracts/events/mask-content';
import { maskCallbackUrl } from '@im/contracts/urls/mask-callback-url';
import { DomainError } from '../../platform/errors/domain-error.js';
import { isShown } from '../access/app-of-path.js';
import {
  seesCallbackUrls,
  seesCustomHeaders,
  seesMembers,
  type Identity,
} from '../access/identity/domain/identity.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { MaskPayloadsService, type MaskPayload } from '../event-types/mask-payloads.service.js';
import { SealedSettings } from '../webhook-configs/sealed-settings.js';
import {
  DeliveryLogRepository,
  type DeliveryRow,
  type EventRow,
} from '../delivery-store/data/delivery-log.repository.js';
import { presentDeliveryDetail } from './present-delivery.js';

@Injectable()
export class ShowDeliveryService {
  constructor(
    private readonly log: DeliveryLogRepository,
    private readonly masks: MaskPayloadsService,
    private readonly sealed: SealedSettings,
  ) {}

  /** @throws DomainError `not_found` when the app has no such delivery, or the caller may not see its webhook */
  async find(app: AppRef, deliveryId: string): Promise<DeliveryRow> {
    const row = await this.log.find(app.appId, deliveryId);
    if (!row || !isShown(app, row.webhookId)) throw DomainError.notFound('delivery');
    return row;
  }

  /** @param isContentMasked of the messages; whether credentials are shown depends on the caller alone */
  async show(
    app: AppRef,
    row: DeliveryRow,
    caller: Identity,
    isContentMasked: boolean,
  ): Promise<DeliveryDetail> {
    const { url } = this.sealed.open({ ...row, headers: {} });
    const showsUrl = seesCallbackUrls(caller);
    const view = {
      isContentMasked,
      showsUrl,
      showsMembers: seesMembers(caller),
      showsCustomHeaders: seesCustomHeaders(caller),
      url: showsUrl ? url : maskCallbackUrl(url),
    };
    const event = await this.log.eventOf(row.eventId);
    const attempts = await this.log.attemptsOf(row.deliveryId);
    const mask = await this.masks.maskFor(app.tenantId, view.isContentMasked);
    return presentDeliveryDetail(
      row,
      app.appKey,
      event && mask ? masked(event, row.event, mask, view.showsMembers) : event,
      attempts,
      view,
    );
  }
}

/** @param showsUsers outside of the tenant, ids of its users are content too */
function masked(event: EventRow, name: string, mask: MaskPayload, showsUsers: boolean): EventRow {
  const shown = mask(name, JSON.parse(event.payload));
  const payload = withExactNumbers(showsUsers ? shown : maskUserIds(shown), parseExactly(event.payload));
  const conversationId = showsUsers ? event.conversationId : event.conversationId && MASK;
  return { ...event, conversationId, payload: JSON.stringify(payload) };
}
