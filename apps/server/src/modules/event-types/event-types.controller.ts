import { Body, Controller, Ip, Param, Query, Req } from '@nestjs/common';
import type { Page, Single } from '@im/contracts/api/common';
import type { EventType, EventTypeVersion } from '@im/contracts/api/event-types';
import { isEventName } from '@im/contracts/events/names';
import { eventTypeRoutes } from '@im/contracts/routes/event-type-routes';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../platform/errors/domain-error.js';
import { parseBody, parseQuery } from '../../platform/http-server/parse-input.js';
import { writtenMembers } from '../../platform/http-server/written-members.js';
import { Caller, Route } from '../access/access.decorators.js';
import type { Identity } from '../access/identity/domain/identity.js';
import { ListEventTypesService } from './list-event-types.service.js';
import { SaveEventTypeService } from './save-event-type.service.js';

@Controller()
export class EventTypesController {
  constructor(
    private readonly listEventTypes: ListEventTypesService,
    private readonly save: SaveEventTypeService,
  ) {}

  @Route(eventTypeRoutes.list)
  list(@Caller() caller: Identity, @Query() query: unknown): Promise<Page<EventType>> {
    return this.listEventTypes.list(caller.tenantId, parseQuery(eventTypeRoutes.list.query, query));
  }

  @Route(eventTypeRoutes.create)
  async create(
    @Caller() caller: Identity,
    @Req() request: FastifyRequest,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<EventType>> {
    const input = parseBody(eventTypeRoutes.create.body, body);
    return { data: await this.save.create(caller, input, writtenMembers(request), ipAddress) };
  }

  @Route(eventTypeRoutes.get)
  async get(@Caller() caller: Identity, @Param('eventName') name: string): Promise<Single<EventType>> {
    return { data: await this.listEventTypes.get(caller.tenantId, nameFrom(name)) };
  }

  @Route(eventTypeRoutes.update)
  async update(
    @Caller() caller: Identity,
    @Param('eventName') name: string,
    @Req() request: FastifyRequest,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<EventType>> {
    await this.save.assertMayChange(caller, nameFrom(name));
    const input = parseBody(eventTypeRoutes.update.body, body);
    return { data: await this.save.update({ caller, name, ipAddress }, input, writtenMembers(request)) };
  }

  @Route(eventTypeRoutes.delete)
  async delete(
    @Caller() caller: Identity,
    @Param('eventName') name: string,
    @Ip() ipAddress: string,
  ): Promise<void> {
    await this.save.assertMayChange(caller, nameFrom(name));
    await this.save.delete({ caller, name, ipAddress });
  }

  @Route(eventTypeRoutes.versions)
  async versions(
    @Caller() caller: Identity,
    @Param('eventName') name: string,
    @Query() query: unknown,
  ): Promise<Page<EventTypeVersion>> {
    return this.listEventTypes.versions(caller.tenantId, nameFrom(name), () =>
      parseQuery(eventTypeRoutes.versions.query, query),
    );
  }
}

/** From the path: what is no name of an event cannot exist. @throws DomainError `not_found` */
function nameFrom(text: string): string {
  if (!isEventName(text)) throw DomainError.notFound('event type');
  return text;
}
