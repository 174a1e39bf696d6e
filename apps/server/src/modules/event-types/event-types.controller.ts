import { Controller } from '@nestjs/common';
import type { Page, Single } from '@im/contracts/api/common';
import type { EventType, EventTypeVersion } from '@im/contracts/api/event-types';
import { eventTypeRoutes } from '@im/contracts/routes/event-type-routes';
import { writtenMembers } from '../../platform/http-server/written-members.js';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { ListEventTypesService } from './list-event-types.service.js';
import { SaveEventTypeService } from './save-event-type.service.js';

@Controller()
export class EventTypesController {
  constructor(
    private readonly listEventTypes: ListEventTypesService,
    private readonly save: SaveEventTypeService,
  ) {}

  @Route(eventTypeRoutes.list)
  list(@Input() { caller, query }: RouteInput<typeof eventTypeRoutes.list>): Promise<Page<EventType>> {
    return this.listEventTypes.list(caller.tenantId, query);
  }

  @Route(eventTypeRoutes.create)
  async create(
    @Input() { caller, body, request, audit }: RouteInput<typeof eventTypeRoutes.create>,
  ): Promise<Single<EventType>> {
    return { data: await this.save.create(caller, body, writtenMembers(request), audit) };
  }

  @Route(eventTypeRoutes.get)
  async get(@Input() { caller, path }: RouteInput<typeof eventTypeRoutes.get>): Promise<Single<EventType>> {
    return { data: await this.listEventTypes.get(caller.tenantId, path.eventName) };
  }

  @Route(eventTypeRoutes.update)
  async update(
    @Input() { caller, path, body, request, audit }: RouteInput<typeof eventTypeRoutes.update>,
  ): Promise<Single<EventType>> {
    const change = { caller, name: path.eventName, audit };
    return { data: await this.save.update(change, body, writtenMembers(request)) };
  }

  @Route(eventTypeRoutes.delete)
  async delete(@Input() { caller, path, audit }: RouteInput<typeof eventTypeRoutes.delete>): Promise<void> {
    await this.save.delete({ caller, name: path.eventName, audit });
  }

  @Route(eventTypeRoutes.versions)
  versions(
    @Input() { caller, path, query }: RouteInput<typeof eventTypeRoutes.versions>,
  ): Promise<Page<EventTypeVersion>> {
    return this.listEventTypes.versions(caller.tenantId, path.eventName, query);
  }
}
