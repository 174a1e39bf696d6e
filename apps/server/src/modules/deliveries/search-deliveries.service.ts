/** Searches the delivery log: chooses the index and the order, and answers a page. */
import { Injectable } from '@nestjs/common';
import type { Page } from '@im/contracts/api/common';
import type { Delivery, DeliveryFilters, DeliveryStatus } from '@im/contracts/api/deliveries';
import { DomainError } from '../../platform/errors/domain-error.js';
import { idPage, isId, readIdCursor } from '../../platform/http-server/id-page.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import type { DeliveryFilter } from '../delivery-store/data/delivery-filter.js';
import { DeliveryLogRepository, type DeliveryRow } from '../delivery-store/data/delivery-log.repository.js';
import { subjectOf, type EventSubject } from '../delivery-store/domain/event-subject.js';
import type { EventKeys } from '../delivery-store/data/event-keys.js';
import {
  SearchDeliveriesRepository,
  type LogPosition,
  type OneOf,
} from './data/search-deliveries.repository.js';
import { presentDelivery } from './present-delivery.js';
import { ResolveSearchService } from './resolve-search.service.js';

const SEPARATOR = '_';
const NOTHING: Page<never> = { data: [], page: { nextCursor: null } };

export interface LogQuery extends DeliveryFilters {
  webhookId?: string;
  limit: number;
  /** Of the page before. */
  cursor?: string | undefined;
}

@Injectable()
export class SearchDeliveriesService {
  constructor(
    private readonly search: SearchDeliveriesRepository,
    private readonly log: DeliveryLogRepository,
    private readonly meaning: ResolveSearchService,
  ) {}

  /** @param showsSubjects whether the caller may see which users it is about: an id of a conversation may name them */
  async page(app: AppRef, query: LogQuery, showsSubjects = false): Promise<Page<Delivery>> {
    const { data, page } = await this.find(app, query, (row) => row);
    const subjects = await this.subjectsOf(showsSubjects ? data : []);
    return {
      data: data.map((row) => presentDelivery(row, app.appKey, subjects.get(row.eventId))),
      page,
    };
  }

  ids(app: AppRef, query: LogQuery): Promise<Page<string>> {
    return this.find(app, query, ({ deliveryId }) => deliveryId);
  }

  private async find<T>(app: AppRef, query: LogQuery, present: (row: DeliveryRow) => T): Promise<Page<T>> {
    const { limit, cursor, q, event, ...filters } = query;
    const wantedEvents = await this.meaning.eventsOf(app.tenantId, event);
    const filter = await this.withKnownEvent({ ...filters, ...wantedEvents, ...scopeOf(app) });
    if (isContradictory(filter)) return NOTHING;
    const search = await this.meaning.interpret(app.tenantId, q);
    const byId = (rows: DeliveryRow[]) => idPage(rows, limit, (row) => row.deliveryId, present);

    if (search?.kind === 'ownId' && !hasEventKeys(filter) && (cursor === undefined || isId(cursor))) {
      const rows = await this.search.byOwnId(filter, search.id, limit + 1, readIdCursor(cursor));
      if (rows.length > 0 || cursor !== undefined) return byId(rows);
    }
    const anyId = search?.kind === 'ownId' || search?.kind === 'id' ? search.id : undefined;
    const wanted = search?.kind === 'oneOf' ? search : undefined;
    const { sourceId, ...others } = filter;
    if (
      anyId !== undefined ||
      hasEventKeys(filter) ||
      (sourceId !== undefined && !isUnusual(filter, wanted))
    ) {
      const keys: EventKeys = { ...filter, anyId };
      const rows = await this.search.byEvent(others, keys, limit + 1, readPosition(cursor));
      return idPage(rows, limit, positionOf, present);
    }
    const { oneOf, ...rest } = walkedByValue(filter, wanted);
    return byId(await this.search.byDelivery(rest, limit + 1, readIdCursor(cursor), oneOf));
  }

  private async subjectsOf(rows: readonly DeliveryRow[]): Promise<Map<string, EventSubject>> {
    if (rows.length === 0) return new Map();
    const events = await this.log.subjectsOf([...new Set(rows.map(({ eventId }) => eventId))]);
    return new Map(events.map((event) => [event.eventId, subjectOf(event, event.payload)]));
  }

  /** Redeliveries are found by the event of their original. */
  private async withKnownEvent(filter: DeliveryFilter): Promise<DeliveryFilter> {
    const { originalDeliveryId, appId } = filter;
    if (originalDeliveryId === undefined || filter.eventId !== undefined) return filter;
    const original = await this.log.find(appId, originalDeliveryId);
    return original ? { ...filter, eventId: original.eventId } : filter;
  }
}

function scopeOf({ appId, webhookIds }: AppRef): Pick<DeliveryFilter, 'appId' | 'webhookIds'> {
  return { appId, ...(webhookIds && { webhookIds }) };
}

/** A family of events is read name by name, unless another filter is read that way already. */
function walkedByValue(filter: DeliveryFilter, oneOf?: OneOf): DeliveryFilter & { oneOf?: OneOf } {
  const { events, ...rest } = filter;
  if (!events) return { ...filter, ...(oneOf && { oneOf }) };
  if (!oneOf) return { ...rest, oneOf: { column: 'event', values: events } };
  if (oneOf.column !== 'event') return { ...filter, oneOf };
  return { ...rest, oneOf: { ...oneOf, values: oneOf.values.filter((name) => events.includes(name)) } };
}

/**
 * Only pending deliveries have a phase, what is not well waits or failed, and only a 2xx is a success: other
 * combinations would scan and find nothing.
 */
function isContradictory({ status, phase, errorClass, responseStatus = 200 }: DeliveryFilter): boolean {
  const possible: readonly DeliveryStatus[] = phase === 'problem' ? ['pending', 'failed'] : ['pending'];
  if (phase !== undefined && status !== undefined && !possible.includes(status)) return true;
  const is2xx = responseStatus >= 200 && responseStatus <= 299;
  return status === 'success' && (errorClass !== undefined || !is2xx);
}

/** Few deliveries are like that: it takes less to look at the events of each than at the deliveries of all events. */
function isUnusual(
  { status = 'success', phase, kind = 'event', responseStatus = 200, errorClass }: DeliveryFilter,
  oneOf?: OneOf,
): boolean {
  const isPlain = status === 'success' && kind === 'event' && responseStatus === 200;
  return !isPlain || phase !== undefined || errorClass !== undefined || oneOf?.column === 'error_class';
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
