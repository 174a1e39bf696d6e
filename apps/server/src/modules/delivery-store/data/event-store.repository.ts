/** Stores events and their planned deliveries, a batch of events in one commit. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { insertDeliveries, type PlannedDelivery } from './insert-deliveries.js';
import { insertEvents, type EventsToInsert, type EventToStore } from './insert-events.js';
import type { EventKey, KeyHolder } from './event-keys-sql.js';

export type StoreResult =
  | { kind: 'stored'; deliveries: PlannedDelivery[] }
  /** The same key and content was stored before. */
  | { kind: 'duplicate'; eventId: string; deliveryCount: number }
  /** The same key was stored before with other content. */
  | { kind: 'conflict' };

/** The deliveries of each event, by its id. */
export type DeliveryPlan = ReadonlyMap<string, PlannedDelivery[]>;

@Injectable()
export class EventStoreRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * All events or none; results in the order of the events.
   *
   * @param configVersion as of {@link EventsToInsert}
   * @throws ConfigurationChanged when nothing was stored, since the configuration is another one
   */
  async store(
    events: EventToStore[],
    planned: DeliveryPlan,
    claimableInMs: number,
    configVersion?: number,
  ): Promise<StoreResult[]> {
    const { first, firstOf } = partRepeats(events);
    const deliveries = first.flatMap((event) => planned.get(event.eventId) ?? []);
    const toStore: EventsToInsert = {
      events: first,
      pending: awaited(deliveries),
      claimableInMs,
      configVersion,
    };
    const skipped = deliveries.filter(({ status }) => status === 'skipped');
    const holders =
      skipped.length === 0
        ? await insertEvents(this.dataSource, toStore)
        : await this.dataSource.transaction(async (manager) => {
            const found = await insertEvents(manager, toStore);
            const ofStored = skipped.filter(({ eventId }) => !found.has(eventId));
            await insertDeliveries(manager, ofStored, claimableInMs);
            return found;
          });
    return events.map((event) => {
      const stored: StoreResult = { kind: 'stored', deliveries: planned.get(event.eventId) ?? [] };
      if (!event.key) return stored;
      const earlier = firstOf.get(event) ?? event;
      const holder = holders.get(earlier.eventId);
      if (holder) return repeatOf(holder, event.key);
      if (earlier === event || !earlier.key) return stored;
      return repeatOf(holderOf(earlier.eventId, earlier.key, planned), event.key);
    });
  }
}

/** Parts the events that repeat the key of an earlier one of the batch. `firstOf` has the earlier one of each. */
function partRepeats(events: EventToStore[]): {
  first: EventToStore[];
  firstOf: ReadonlyMap<EventToStore, EventToStore>;
} {
  const byKey = new Map<string, EventToStore>();
  const firstOf = new Map<EventToStore, EventToStore>();
  for (const event of events) {
    if (!event.key) continue;
    const key = `${event.appId} ${event.key.value}`;
    const earlier = byKey.get(key);
    if (earlier) firstOf.set(event, earlier);
    else byKey.set(key, event);
  }
  return { first: events.filter((event) => !firstOf.has(event)), firstOf };
}

function holderOf(eventId: string, { contentHash }: EventKey, planned: DeliveryPlan): KeyHolder {
  return { eventId, contentHash, deliveryCount: awaited(planned.get(eventId)).length };
}

function repeatOf(holder: KeyHolder, { contentHash }: EventKey): StoreResult {
  const { eventId, deliveryCount } = holder;
  return holder.contentHash.equals(contentHash)
    ? { kind: 'duplicate', eventId, deliveryCount }
    : { kind: 'conflict' };
}

/** The deliveries that will be attempted; those of disabled webhooks only wait to be replayed. */
export function awaited(deliveries: readonly PlannedDelivery[] = []): PlannedDelivery[] {
  return deliveries.filter((delivery) => delivery.status === 'pending');
}
