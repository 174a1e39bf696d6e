import { Body, Controller, Ip, Param, Query, Req, type StreamableFile } from '@nestjs/common';
import type { Page, Single } from '@im/contracts/api/common';
import type { EventDetail, StoredEvent } from '@im/contracts/api/event-log';
import { eventLogRoutes } from '@im/contracts/routes/event-log-routes';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../platform/errors/domain-error.js';
import { parseBody, parseId, parseQuery } from '../../platform/http-server/parse-input.js';
import { Caller, Route } from '../access/access.decorators.js';
import { seesContent, type Identity } from '../access/identity/domain/identity.js';
import { FindCallerService } from '../access/identity/find-caller.service.js';
import { RecordAuditService } from '../access/audit/record-audit.service.js';
import { ResolveAppService, type AppRef } from '../apps/resolve-app.service.js';
import { MaskPayloadsService } from '../event-types/mask-payloads.service.js';
import { EventLogRepository, type FullEventRow } from './data/event-log.repository.js';
import { ExportEventsService } from './export-events.service.js';
import { presentEventDetail } from './present-event.js';
import { SearchEventsService } from './search-events.service.js';

@Controller()
export class EventLogController {
  constructor(
    private readonly apps: ResolveAppService,
    private readonly search: SearchEventsService,
    private readonly exportEvents: ExportEventsService,
    private readonly log: EventLogRepository,
    private readonly masks: MaskPayloadsService,
    private readonly audit: RecordAuditService,
    private readonly callers: FindCallerService,
  ) {}

  @Route(eventLogRoutes.list)
  async list(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Query() query: unknown,
  ): Promise<Page<StoredEvent>> {
    const app = await this.apps.forCaller(caller, appKey);
    return this.search.page(app, parseQuery(eventLogRoutes.list.query, query));
  }

  @Route(eventLogRoutes.export)
  async export(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
  ): Promise<StreamableFile> {
    const app = await this.apps.forCaller(caller, appKey);
    const { format, ...filters } = parseQuery(eventLogRoutes.export.query, query);
    const isContentMasked = !seesContent(caller);
    const file = await this.exportEvents.start(app, format, filters, {
      isContentMasked,
      recheckReader: () => this.callers.findAgain(request, eventLogRoutes.export.access),
    });
    await this.audit.record({
      identity: caller,
      action: 'events.exported',
      appKey,
      detail: { format, ...filters, isContentMasked },
      ipAddress: request.ip,
    });
    return file;
  }

  @Route(eventLogRoutes.get)
  async get(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('eventId') id: string,
  ): Promise<Single<EventDetail>> {
    const app = await this.apps.forCaller(caller, appKey);
    return { data: await this.show(app, await this.find(app, id), !seesContent(caller)) };
  }

  @Route(eventLogRoutes.reveal)
  async reveal(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('eventId') id: string,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<EventDetail>> {
    const app = await this.apps.forCaller(caller, appKey);
    const row = await this.find(app, id);
    const { reason } = parseBody(eventLogRoutes.reveal.body, body);
    await this.audit.record({
      identity: caller,
      action: 'event.revealed',
      appKey,
      targetId: row.eventId,
      detail: { event: row.event, ...(reason !== undefined && { reason }) },
      ipAddress,
    });
    return { data: await this.show(app, row, false) };
  }

  private async find(app: AppRef, id: string): Promise<FullEventRow> {
    const row = await this.log.find(app.appId, parseId(id, 'event'));
    if (!row) throw DomainError.notFound('event');
    return row;
  }

  private async show(app: AppRef, row: FullEventRow, isContentMasked: boolean): Promise<EventDetail> {
    const deliveries = await this.log.deliveriesOf(app.appId, row.eventId);
    const mask = await this.masks.maskFor(app.tenantId, isContentMasked);
    return presentEventDetail(row, app.appKey, deliveries, mask);
  }
}
