/** Exports events with their payloads. */
import { Injectable, type StreamableFile } from '@nestjs/common';
import type { ExportFormat, Page } from '@im/contracts/api/common';
import { EXPORTED_EVENT_FIELDS, type EventFilters, type StoredEvent } from '@im/contracts/api/event-log';
import { StreamExportService, type Export } from '../../platform/exports/stream-export.service.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { MaskPayloadsService, type MaskPayload } from '../event-types/mask-payloads.service.js';
import { EventLogRepository } from './data/event-log.repository.js';
import { payloadLine } from './present-event.js';
import { SearchEventsService } from './search-events.service.js';

/** Many small payloads make a page, or a few of up to 256 KiB. */
const MAX_ROWS = 1_000;
const PAGE_BYTES = 2_097_152;

type ExportedEvent = StoredEvent & {
  isContentMasked: boolean;
  /** JSON on one line. */
  payload: string;
};

/** What the caller may see, and a check whether they still may. */
interface ExportReader extends Pick<Export<ExportedEvent>, 'recheckReader'> {
  isContentMasked: boolean;
}

@Injectable()
export class ExportEventsService {
  constructor(
    private readonly search: SearchEventsService,
    private readonly log: EventLogRepository,
    private readonly masks: MaskPayloadsService,
    private readonly exports: StreamExportService,
  ) {}

  start(
    app: AppRef,
    format: ExportFormat,
    filters: EventFilters,
    { isContentMasked, recheckReader }: ExportReader,
  ): Promise<StreamableFile> {
    let limit = MAX_ROWS;
    return this.exports.start<ExportedEvent>({
      tenantId: app.tenantId,
      name: `events_${app.appKey}`,
      format,
      columns: EXPORTED_EVENT_FIELDS,
      toJson,
      recheckReader,
      readPage: async (cursor) => {
        const listed = await this.search.page(app, { ...filters, limit, cursor });
        const mask = await this.masks.maskFor(app.tenantId, isContentMasked);
        const page = await this.withPayloads(listed, mask);
        // What does not fit is listed again for the next page.
        const isCut = page.data.length < listed.data.length;
        limit = isCut ? Math.max(1, page.data.length) : Math.min(limit * 2, MAX_ROWS);
        return page;
      },
    });
  }

  /** @returns as many of them from the first on as fit into a page */
  private async withPayloads(
    { data, page }: Page<StoredEvent>,
    mask: MaskPayload | null,
  ): Promise<Page<ExportedEvent>> {
    const payloads = await this.log.payloadsOf(
      data.map(({ eventId }) => eventId),
      PAGE_BYTES,
    );
    const events = data.flatMap((event) => {
      const payload = payloads.get(event.eventId);
      if (payload === undefined) return [];
      const line = payloadLine(event.event, payload, mask);
      return { ...event, isContentMasked: mask !== null, payload: line };
    });
    const last = events.at(-1);
    const isCut = last !== undefined && last.eventId !== data.at(-1)?.eventId;
    return { data: events, page: isCut ? { nextCursor: last.eventId } : page };
  }
}

/** The payload is spliced in unread: parsed, numbers beyond 2^53 would become others. */
function toJson({ payload, ...event }: ExportedEvent): string {
  return `${JSON.stringify(event).slice(0, -1)},"payload":${payload}}`;
}
