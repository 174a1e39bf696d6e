import { Controller, type StreamableFile } from '@nestjs/common';
import type { Page, Single } from '@im/contracts/api/common';
import type { EventDetail, StoredEvent } from '@im/contracts/api/event-log';
import { eventLogRoutes } from '@im/contracts/routes/event-log-routes';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { seesContent } from '../access/identity/domain/identity.js';
import { FindCallerService } from '../access/identity/find-caller.service.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { MaskPayloadsService } from '../event-types/mask-payloads.service.js';
import { EventLogRepository, type FullEventRow } from './data/event-log.repository.js';
import { ExportEventsService } from './export-events.service.js';
import { presentEventDetail } from './present-event.js';
import { SearchEventsService } from './search-events.service.js';

@Controller()
export class EventLogController {
  constructor(
    private readonly search: SearchEventsService,
    private readonly exportEvents: ExportEventsService,
    private readonly log: EventLogRepository,
    private readonly masks: MaskPayloadsService,
    private readonly callers: FindCallerService,
  ) {}

  @Route(eventLogRoutes.list)
  list(@Input() { app, query }: RouteInput<typeof eventLogRoutes.list>): Promise<Page<StoredEvent>> {
    return this.search.page(app, query);
  }

  @Route(eventLogRoutes.export)
  async export(
    @Input() { caller, app, query, request, audit }: RouteInput<typeof eventLogRoutes.export>,
  ): Promise<StreamableFile> {
    const { format, ...filters } = query;
    const isContentMasked = !seesContent(caller);
    const file = await this.exportEvents.start(app, format, filters, {
      isContentMasked,
      recheckReader: () => this.callers.findAgain(request, eventLogRoutes.export.access),
    });
    audit.note({ detail: { format, ...filters, isContentMasked } });
    return file;
  }

  @Route(eventLogRoutes.get)
  async get(
    @Input() { caller, app, path }: RouteInput<typeof eventLogRoutes.get>,
  ): Promise<Single<EventDetail>> {
    return { data: await this.show(app, await this.find(app, path.eventId), !seesContent(caller)) };
  }

  @Route(eventLogRoutes.reveal)
  async reveal(
    @Input() { app, path, body, audit }: RouteInput<typeof eventLogRoutes.reveal>,
  ): Promise<Single<EventDetail>> {
    const row = await this.find(app, path.eventId);
    audit.note({ detail: { event: row.event, ...body } });
    return { data: await this.show(app, row, false) };
  }

  private async find({ appId }: AppRef, eventId: string): Promise<FullEventRow> {
    const row = await this.log.find(appId, eventId);
    if (!row) throw DomainError.notFound('event');
    return row;
  }

  private async show(app: AppRef, row: FullEventRow, isContentMasked: boolean): Promise<EventDetail> {
    const deliveries = await this.log.deliveriesOf(app.appId, row.eventId);
    const mask = await this.masks.maskFor(app.tenantId, isContentMasked);
    return presentEventDetail(row, app.appKey, deliveries, mask);
  }
}
