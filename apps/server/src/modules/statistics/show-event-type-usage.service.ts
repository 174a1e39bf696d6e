/** Shows which webhooks want the events of a type, and how many deliveries there are of them. */
import { Injectable } from '@nestjs/common';
import { MAX_NAMED_SUBSCRIBERS } from '@im/contracts/api/event-type-constants';
import type { EventTypeSubscribers, EventTypeUsage } from '@im/contracts/api/event-type-usage';
import { patternsOf } from '@im/contracts/events/names';
import { Clock } from '../../platform/clock/clock.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { ListEventTypesService } from '../event-types/list-event-types.service.js';
import { EventTypeUsageRepository } from './data/event-type-usage.repository.js';

const DAY_MS = 86_400_000;

@Injectable()
export class ShowEventTypeUsageService {
  constructor(
    private readonly eventTypes: ListEventTypesService,
    private readonly usage: EventTypeUsageRepository,
    private readonly clock: Clock,
  ) {}

  /** All event types by name. @throws DomainError `search_too_broad` when counting takes too long */
  async ofAll(tenantId: string): Promise<EventTypeUsage[]> {
    const all = await this.eventTypes.summarise(tenantId);
    const counts = await this.usage.count(
      tenantId,
      all.map(({ name }) => ({ event: name, patterns: patternsOf(name) })),
      this.dayAgo(),
    );
    return all.map((each) => ({ ...each, ...(counts.get(each.name) ?? NOTHING) }));
  }

  /** @throws DomainError `not_found`; `search_too_broad` when counting takes too long */
  async ofOne(tenantId: string, name: string): Promise<EventTypeSubscribers> {
    const found = (await this.eventTypes.summarise(tenantId)).find((each) => each.name === name);
    if (!found) throw DomainError.notFound('event type');
    const asked = { event: name, patterns: patternsOf(name) };
    const counts = await this.usage.count(tenantId, [asked], this.dayAgo());
    const { naming, webhooks } = await this.usage.subscribersOf(tenantId, asked, MAX_NAMED_SUBSCRIBERS);
    return { ...found, ...(counts.get(name) ?? NOTHING), naming, webhooks };
  }

  private dayAgo(): Date {
    return new Date(this.clock.nowMs() - DAY_MS);
  }
}

const NOTHING = { subscribers: 0, deliveriesLastDay: 0 };
