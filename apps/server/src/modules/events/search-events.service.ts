/** Searches events: chooses the index and answers a page. */
import { Injectable } from '@nestjs/common';
import type { Page } from '@im/contracts/api/common';
import type { EventFilters, StoredEvent } from '@im/contracts/api/event-log';
import { idPage, readIdCursor } from '../../platform/http-server/id-page.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import type { EventKeys } from '../delivery-store/data/event-keys.js';
import { ResolveSearchService } from '../deliveries/resolve-search.service.js';
import { SearchEventsRepository, type EventPage, type EventRow } from './data/search-events.repository.js';
import { presentEvent } from './present-event.js';

export interface EventQuery extends EventFilters {
  limit: number;
  /** Of the page before. */
  cursor?: string | undefined;
}

@Injectable()
export class SearchEventsService {
  constructor(
    private readonly events: SearchEventsRepository,
    private readonly meaning: ResolveSearchService,
  ) {}

  async page(app: AppRef, query: EventQuery): Promise<Page<StoredEvent>> {
    const { limit, cursor, ...filters } = query;
    const rows = await this.find(app, filters, { limit: limit + 1, beforeId: readIdCursor(cursor) });
    return idPage(
      rows,
      limit,
      ({ eventId }) => eventId,
      (row) => presentEvent(row, app.appKey),
    );
  }

  private async find(
    { appId, tenantId }: AppRef,
    filters: EventFilters,
    page: EventPage,
  ): Promise<EventRow[]> {
    const { event, from, to, q, ...given } = filters;
    const search = await this.meaning.interpret(tenantId, q);
    const { event: name, events = name === undefined ? undefined : [name] } = await this.meaning.eventsOf(
      tenantId,
      event,
    );
    const isByName = search?.kind === 'oneOf' && search.column === 'event';
    const names = isByName ? search.values.filter((value) => events?.includes(value) ?? true) : events;
    const filter = { appId, names, from, to };

    const keys: EventKeys = { ...given };
    if (search?.kind === 'ownId') {
      const eventId = await this.events.idOf(appId, search.id);
      if (eventId === undefined) keys.anyId = search.id;
      else keys.eventId = eventId;
      // For events, a part of an error class is searched as an id.
    } else if (q !== undefined && !isByName) keys.anyId = q.trim();
    const hasKeys = Object.values(keys).some((key) => key !== undefined);
    return hasKeys ? this.events.byKeys(filter, keys, page) : this.events.byName(filter, page);
  }
}
