/** Accepts events: they are durable, with their deliveries planned, before the sender is answered. */
import { Injectable } from '@nestjs/common';
import type { IngestedEvent } from '@im/contracts/api/events';
import { v7 as uuidV7 } from 'uuid';
import { Batcher } from '../../platform/batching/batcher.js';
import { Clock } from '../../platform/clock/clock.js';
import { DomainError } from '../../platform/http/domain-error.js';
import { Logger } from '../../platform/logging/logger.js';
import { DeliveryQueue } from '../dispatcher/delivery.queue.js';
import type { PlannedDelivery } from '../dispatcher/data/insert-deliveries.js';
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

@Injectable()
export class IngestEventService {
  private readonly commits: Batcher<EventToStore, StoreResult>;

  constructor(
    store: EventStoreRepository,
    private readonly queue: DeliveryQueue,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    this.commits = new Batcher({
      maxItems: MAX_EVENTS_PER_COMMIT,
      concurrency: CONCURRENT_COMMITS,
      run: (events) => store.store(events, planDeliveries),
    });
  }

  /** @throws DomainError `idempotency_conflict` when the event's id was used before for other content */
  async ingest(appId: string, event: ReadEvent): Promise<IngestedEvent> {
    const stored: EventToStore = { ...event, appId, eventId: uuidV7(), receivedAt: this.clock.now() };
    const result = await this.commits.add(stored);
    switch (result.kind) {
      case 'conflict':
        throw new DomainError(
          'idempotency_conflict',
          `The id "${event.key?.value ?? ''}" was used before for another event`,
        );
      case 'duplicate':
        return { eventId: result.eventId, deliveries: result.deliveryCount, duplicate: true };
      case 'stored':
        return this.dispatch(stored, awaited(result.deliveries));
    }
  }

  private dispatch({ eventId, appId, event }: EventToStore, deliveries: PlannedDelivery[]): IngestedEvent {
    this.queue.enqueue(deliveries.map(({ deliveryId }) => ({ deliveryId, attempt: 1, delayMs: 0 })));
    this.logger.info('event.accepted', { eventId, appId, event, deliveries: deliveries.length });
    return { eventId, deliveries: deliveries.length, duplicate: false };
  }
}
