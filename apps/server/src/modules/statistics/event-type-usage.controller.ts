import { Controller } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import type { EventTypeSubscribers, EventTypeUsage } from '@im/contracts/api/event-type-usage';
import { eventTypeRoutes } from '@im/contracts/routes/event-type-routes';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { ShowEventTypeUsageService } from './show-event-type-usage.service.js';

@Controller()
export class EventTypeUsageController {
  constructor(private readonly usage: ShowEventTypeUsageService) {}

  @Route(eventTypeRoutes.listUsage)
  async list(
    @Input() { caller }: RouteInput<typeof eventTypeRoutes.listUsage>,
  ): Promise<{ data: EventTypeUsage[] }> {
    return { data: await this.usage.ofAll(caller.tenantId) };
  }

  @Route(eventTypeRoutes.getUsage)
  async get(
    @Input() { caller, path }: RouteInput<typeof eventTypeRoutes.getUsage>,
  ): Promise<Single<EventTypeSubscribers>> {
    return { data: await this.usage.ofOne(caller.tenantId, path.eventName) };
  }
}
