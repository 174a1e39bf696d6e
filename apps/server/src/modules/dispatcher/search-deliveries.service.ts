/** Answers a page of the delivery log: decides by what it is searched, and in which order it comes. */
import { Injectable } from '@nestjs/common';
import type { Page } from '@im/contracts/api/common';
import type { Delivery, ListDeliveriesQuery } from '@im/contracts/api/deliveries';
import { DomainError } from '../../platform/http/domain-error.js';
import { idPage, isId, readIdCursor } from '../../platform/http/id-page.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import type { DeliveryFilter } from './data/delivery-filter.js';
import type { DeliveryRow } from './data/delivery-log.repository.js';
import {
  SearchDeliveriesRepository,
  type EventKeys,
  type LogPosition,
} from './data/search-deliveries.repository.js';
import { interpretSearch } from './domain/interpret-search.js';
import { presentDelivery } from './present-delivery.js';

const SEPARATOR = '_';

@Injectable()
export class SearchDeliveriesService {
  constructor(private readonly log: SearchDeliveriesRepository) {}

  async page(app: AppRef, query: ListDeliveriesQuery, webhookId?: string): Promise<Page<Delivery>> {
    const { limit, cursor, q, ...filters } = query;
    const filter = { ...filters, appId: app.appId, ...(webhookId !== undefined && { webhookId }) };
    if (isContradictory(filter)) return { data: [], page: { nextCursor: null } };
    const search = q === undefined ? null : interpretSearch(q);
    const present = (row: DeliveryRow) => presentDelivery(row, app.appKey);

    if (search?.kind === 'ownId' && !hasEventKeys(filter)) {
      const rows = await this.log.byOwnId(filter, search.id, limit + 1, readIdCursor(cursor));
      if (rows.length > 0) return idPage(rows, limit, (row) => row.deliveryId, present);
    }
    const anyId = search?.kind === 'ownId' || search?.kind === 'id' ? search.id : undefined;
    if (anyId !== undefined || hasEventKeys(filter)) {
      const keys: EventKeys = { ...filter, anyId };
      const rows = await this.log.byEvent(filter, keys, limit + 1, readPosition(cursor));
      return idPage(rows, limit, positionOf, present);
    }
    const oneOf = search?.kind === 'oneOf' ? search : undefined;
    const rows = await this.log.byDelivery(filter, limit + 1, readIdCursor(cursor), oneOf);
    return idPage(rows, limit, (row) => row.deliveryId, present);
  }
}

/** Only an answer of 2xx is a success: such a search would go through everything and find nothing. */
function isContradictory({ status, errorClass, responseStatus = 200 }: DeliveryFilter): boolean {
  const is2xx = responseStatus >= 200 && responseStatus <= 299;
  return status === 'success' && (errorClass !== undefined || !is2xx);
}

function hasEventKeys({ eventId, messageId, conversationId, userId }: DeliveryFilter): boolean {
  return [eventId, messageId, conversationId, userId].some((key) => key !== undefined);
}

function positionOf({ eventId, deliveryId }: LogPosition): string {
  return `${eventId}${SEPARATOR}${deliveryId}`;
}

function readPosition(cursor: string | undefined): LogPosition | null {
  if (cursor === undefined) return null;
  const [eventId = '', deliveryId = '', ...rest] = cursor.split(SEPARATOR);
  if (isId(eventId) && isId(deliveryId) && rest.length === 0) return { eventId, deliveryId };
  throw DomainError.invalid({
    pointer: '?cursor',
    code: 'invalid_format',
    message: 'is not a cursor of this list',
  });
}
