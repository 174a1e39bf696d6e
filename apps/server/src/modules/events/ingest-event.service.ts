/** Accepts events: they are durable, with their deliveries planned, before the sender is answered. */
import { Injectable } from '@nestjs/common';
import type { IngestedEvent } from '@im/contracts/api/events';
import { v7 as uuidV7 } from 'uuid';
import { Batcher } from '../../platform/batching/batcher.js';
import { Clock } from '../../platform/clock/clock.js';
import { DomainError } from '../../platform/http/domain-error.js';
import { Logger } from '../../platform/logging/logger.js';
import { DeliveryQueue } from '../dispatcher/delivery.queue.js';
import {
  awaited,
  EventStoreRepository,
  type EventToStore,
  type StoreResult,
} from './data/event-store.repository.js';
import { planDeliveries } from './plan-deliveries.js';
import type { ReadEvent } from './read-event.js';

const MAX_EVENTS_PER_COMMIT = 500;
/** While one commit waits for the disk another may gather its rows. */
const CONCURRENT_COMMITS = 2;

export type IngestResult =
  | (IngestedEvent & { kind: 'accepted' })
  /** The event's id was used before for other content. */
  | { kind: 'refused'; error: DomainError };

@Injectable()
export class IngestEventService {
  /** Each item is what one request handed in: its events are committed together or not at all. */
  private readonly commits: Batcher<EventToStore[], StoreResult[]>;

  constructor(
    store: EventStoreRepository,
    private readonly queue: DeliveryQueue,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    this.commits = new Batcher({
      maxItems: MAX_EVENTS_PER_COMMIT,
      sizeOf: (events) => events.length,
      concurrency: CONCURRENT_COMMITS,
      run: async (requests) => {
        const results = await store.store(requests.flat(), planDeliveries);
        return requests.map((events) => results.splice(0, events.length));
      },
    });
  }

  /** @returns an answer for each event, in order; when it throws, nothing was stored */
  async ingest(appId: string, events: ReadEvent[]): Promise<IngestResult[]> {
    if (events.length === 0) return [];
    const receivedAt = this.clock.now();
    const stored = events.map((event): EventToStore => ({ ...event, appId, eventId: uuidV7(), receivedAt }));
    const results = await this.commits.add(stored);
    this.queue.enqueue(
      results
        .flatMap((result) => (result.kind === 'stored' ? awaited(result.deliveries) : []))
        .map(({ deliveryId }) => ({ deliveryId, attempt: 1, delayMs: 0 })),
    );
    return stored.map((event, index) => this.answer(event, results[index]));
  }

  private answer(
    { eventId, appId, event, key }: EventToStore,
    result: StoreResult | undefined,
  ): IngestResult {
    switch (result?.kind) {
      case 'stored': {
        const deliveries = awaited(result.deliveries).length;
        this.logger.info('event.accepted', { eventId, appId, event, deliveries });
        return { kind: 'accepted', eventId, deliveries, duplicate: false };
      }
      case 'duplicate':
        return {
          kind: 'accepted',
          eventId: result.eventId,
          deliveries: result.deliveryCount,
          duplicate: true,
        };
      case 'conflict':
        return {
          kind: 'refused',
          error: new DomainError(
            'idempotency_conflict',
            `The id "${key?.value ?? ''}" was used before for another event`,
          ),
        };
      case undefined:
        throw new Error('The store answered fewer results than it was given events');
    }
  }
}
