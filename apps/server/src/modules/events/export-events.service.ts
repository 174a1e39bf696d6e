/** Downloads of events with their payloads. */
import { Injectable, type StreamableFile } from '@nestjs/common';
import type { ExportFormat, Page } from '@im/contracts/api/common';
import { EXPORTED_EVENT_FIELDS, type EventFilters, type StoredEvent } from '@im/contracts/api/event-log';
import { StreamExportService } from '../../platform/exports/stream-export.service.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { EventLogRepository } from './data/event-log.repository.js';
import { payloadLine } from './present-event.js';
import { SearchEventsService } from './search-events.service.js';

/** A payload has up to 256 KiB: a page of them stays far below what a process has. */
const ROWS_PER_PAGE = 100;

type ExportedEvent = StoredEvent & {
  isContentMasked: boolean;
  /** JSON on one line. */
  payload: string;
};

@Injectable()
export class ExportEventsService {
  constructor(
    private readonly search: SearchEventsService,
    private readonly log: EventLogRepository,
    private readonly exports: StreamExportService,
  ) {}

  start(
    app: AppRef,
    format: ExportFormat,
    filters: EventFilters,
    isContentMasked: boolean,
  ): Promise<StreamableFile> {
    return this.exports.start<ExportedEvent>({
      name: `events_${app.appKey}`,
      format,
      columns: EXPORTED_EVENT_FIELDS,
      toJson,
      readPage: async (cursor) => {
        const { data, page } = await this.search.page(app, { ...filters, limit: ROWS_PER_PAGE, cursor });
        return { data: await this.withPayloads(data, isContentMasked), page } satisfies Page<ExportedEvent>;
      },
    });
  }

  private async withPayloads(events: StoredEvent[], isContentMasked: boolean): Promise<ExportedEvent[]> {
    const payloads = await this.log.payloadsOf(events.map(({ eventId }) => eventId));
    return events.flatMap((event) => {
      const payload = payloads.get(event.eventId);
      if (payload === undefined) return [];
      return { ...event, isContentMasked, payload: payloadLine(event.event, payload, isContentMasked) };
    });
  }
}

/** The payload is spliced in unread: parsed, numbers beyond 2^53 would become others. */
function toJson({ payload, ...event }: ExportedEvent): string {
  return `${JSON.stringify(event).slice(0, -1)},"payload":${payload}}`;
}
