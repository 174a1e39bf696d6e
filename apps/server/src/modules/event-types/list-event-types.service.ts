import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Page } from '@im/contracts/api/common';
import type { EventType, EventTypeOrigin, EventTypeVersion } from '@im/contracts/api/event-types';
import { isEventName } from '@im/contracts/events/names';
import { DomainError } from '../../platform/errors/domain-error.js';
import { ExternalIds } from '../access/external-ids.js';
import { BUILT_IN_EVENT_TYPES, builtInEventType } from './built-in-event-types.js';
import { EventTypesRepository } from './data/event-types.repository.js';
import { presentEventType, presentEventTypeVersion, presentSummary } from './present-event-type.js';

export interface ListQuery {
  limit: number;
  cursor?: string | undefined;
}

export type EventTypeSummary = Pick<EventType, 'name' | 'origin' | 'overridesBuiltIn' | 'description'>;

const VERSION = /^[1-9]\d{0,8}$/;

/** Lists the event types of the catalogue and of the tenant by name. */
@Injectable()
export class ListEventTypesService implements OnModuleInit {
  constructor(
    private readonly eventTypes: EventTypesRepository,
    private readonly externalIds: ExternalIds,
  ) {}

  onModuleInit(): void {
    for (const named of ['/event-types/{eventName}', '/event-type-usage/{eventName}'] as const) {
      this.externalIds.add(named, ({ tenantId }, externalId) =>
        this.eventTypes.findNameByExternalId(tenantId, externalId),
      );
    }
  }

  /** @throws DomainError `invalid_input` when the cursor is not of this list */
  async list(
    tenantId: string,
    { limit, cursor, origin }: ListQuery & { origin?: EventTypeOrigin | undefined },
  ): Promise<Page<EventType>> {
    if (cursor !== undefined && !isEventName(cursor)) throw badCursor();
    const builtIn = BUILT_IN_EVENT_TYPES.filter(({ name }) => cursor === undefined || name > cursor);
    const own = origin === 'built_in' ? [] : await this.eventTypes.list(tenantId, limit + 1, cursor ?? null);
    const taken = new Set(own.map(({ name }) => name));
    const left = origin === 'own' ? [] : builtIn.filter(({ name }) => !taken.has(name));
    const all = [...left, ...own.map(presentEventType)].sort((one, other) =>
      one.name < other.name ? -1 : 1,
    );
    const data = all.slice(0, limit);
    return { data, page: { nextCursor: all.length > limit ? (data.at(-1)?.name ?? null) : null } };
  }

  /** All of them by name, without their schemas and examples. */
  async summarise(tenantId: string): Promise<EventTypeSummary[]> {
    const own = await this.eventTypes.summaries(tenantId);
    const taken = new Set(own.map(({ name }) => name));
    return [...BUILT_IN_EVENT_TYPES.filter(({ name }) => !taken.has(name)), ...own.map(presentSummary)]
      .map(({ name, origin, overridesBuiltIn, description }) => ({
        ...{ name, origin, overridesBuiltIn, description },
      }))
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  /** @throws DomainError `not_found` */
  async get(tenantId: string, name: string): Promise<EventType> {
    const row = await this.eventTypes.find(tenantId, name);
    if (row) return presentEventType(row);
    const builtIn = builtInEventType(name);
    if (!builtIn) throw DomainError.notFound('event type');
    return builtIn;
  }

  /**
   * Lists versions, newest first; of a deleted event type too.
   *
   * @throws DomainError `not_found` when there never was one of that name
   */
  async versions(
    tenantId: string,
    name: string,
    { limit, cursor }: ListQuery,
  ): Promise<Page<EventTypeVersion>> {
    const isKnown = builtInEventType(name) ?? (await this.eventTypes.versions(tenantId, name, 1, null))[0];
    if (!isKnown) throw DomainError.notFound('event type');
    if (cursor !== undefined && !VERSION.test(cursor)) throw badCursor();
    const before = cursor === undefined ? null : Number(cursor);
    const rows = await this.eventTypes.versions(tenantId, name, limit + 1, before);
    const data = rows.slice(0, limit).map(presentEventTypeVersion);
    const last = rows.length > limit ? data.at(-1) : undefined;
    return { data, page: { nextCursor: last ? String(last.version) : null } };
  }
}

function badCursor(): DomainError {
  return DomainError.invalid({
    pointer: '?cursor',
    code: 'invalid_format',
    message: 'is not a cursor of this list',
  });
}
