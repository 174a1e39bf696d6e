/** Resolves a filter by event and a search text, including event types of the tenant. */
import { Injectable } from '@nestjs/common';
import { EVENT_NAMES } from '@im/contracts/events/event-list';
import { familyOf } from '@im/contracts/events/names';
import { EventNamesRepository } from './data/event-names.repository.js';
import { interpretSearch, partOfName, type Search } from './domain/interpret-search.js';

/** One name, or any of several; neither: every event. */
export interface WantedEvents {
  event?: string;
  events?: readonly string[];
}

@Injectable()
export class ResolveSearchService {
  constructor(private readonly names: EventNamesRepository) {}

  /** @param pattern a name, or a family such as `message.*` */
  async eventsOf(tenantId: string, pattern: string | undefined): Promise<WantedEvents> {
    if (pattern === undefined) return {};
    const family = familyOf(pattern);
    if (family === null) return { event: pattern };
    const builtIn = EVENT_NAMES.filter((name) => name.startsWith(family));
    return { events: [...builtIn, ...(await this.names.ofFamily(tenantId, family))] };
  }

  async interpret(tenantId: string, q: string | undefined): Promise<Search | null> {
    if (q === undefined) return null;
    const part = partOfName(q);
    return interpretSearch(q, part === null ? [] : await this.names.containing(tenantId, part));
  }
}
