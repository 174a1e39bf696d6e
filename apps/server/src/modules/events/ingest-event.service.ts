/** Ingests events: stores them with their planned deliveries before the sender is answered. */
import { Injectable } from '@nestjs/common';
import type { IngestedEvent } from '@im/contracts/api/events';
import { uuidV7 } from '../../platform/crypto/random-pool.js';
import { Batcher } from '../../platform/batching/batcher.js';
import { Clock } from '../../platform/clock/clock.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { Logger } from '../../platform/logging/logger.js';
import { EventTraces } from '../../platform/tracing/event-traces.js';
import { Tracing } from '../../platform/tracing/tracing.js';
import type { FreshDelivery } from '../dispatcher/fresh-deliveries.js';
import { BORN_LEASE_MS, HandOverService } from '../dispatcher/hand-over.service.js';
import { FindWebhooksService } from '../webhook-configs/find-webhooks.service.js';
import {
  awaited,
  EventStoreRepository,
  type StoreResult,
} from '../delivery-store/data/event-store.repository.js';
import type { EventToStore } from '../delivery-store/data/insert-events.js';
import { planDeliveries } from './plan-deliveries.js';
import type { ReadEvent } from './read-event.js';

const MAX_EVENTS_PER_COMMIT = 500;
/** While one commit waits for the disk, another may collect its rows. */
const CONCURRENT_COMMITS = 2;

/** Characters of payloads that may wait for their commit, to bound memory when the disk is slow. */
const MAX_UNCOMMITTED = 32_000_000;

/** Looking the app up already refreshed the cache for this request. */
const WHEN_IT_CAME = 0;

export type IngestResult =
  | (IngestedEvent & { kind: 'accepted' })
  /** The event's id was used before with other content. */
  | { kind: 'refused'; error: DomainError };

@Injectable()
export class IngestEventService {
  /** Each item is what one request handed in: its events are committed together or not at all. */
  private readonly commits: Batcher<EventToStore[], StoreResult[]>;

  /** Characters of payloads that wait for their commit. */
  private uncommitted = 0;

  constructor(
    private readonly store: EventStoreRepository,
    private readonly webhooks: FindWebhooksService,
    private readonly handOver: HandOverService,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
    private readonly tracing: Tracing,
    private readonly traces: EventTraces,
  ) {
    this.commits = new Batcher({
      maxItems: MAX_EVENTS_PER_COMMIT,
      sizeOf: (events) => events.length,
      concurrency: CONCURRENT_COMMITS,
      run: (requests) => this.commit(requests),
    });
  }

  /**
   * @param receivedFrom who hands them in, as `receivedFromOf` writes it
   * @returns an answer for each event, in order; when it throws, nothing was stored
   */
  async ingest(appId: string, events: ReadEvent[], receivedFrom: string): Promise<IngestResult[]> {
    if (events.length === 0) return [];
    const receivedAt = this.clock.now();
    const stored = events.map((event): EventToStore => ({
      ...event,
      appId,
      eventId: uuidV7(),
      receivedAt,
      receivedFrom,
    }));
    const results = await this.traced(stored, () => this.commitWithinBounds(stored));
    return stored.map((event, index) => this.answer(event, results[index]));
  }

  /** @throws DomainError `too_many_requests` while too much waits already */
  private async commitWithinBounds(events: EventToStore[]): Promise<StoreResult[]> {
    if (this.uncommitted >= MAX_UNCOMMITTED) {
      throw new DomainError('too_many_requests', 'More events come in than can be stored', {
        retryAfterSeconds: 1,
      });
    }
    const characters = events.reduce((sum, { payload }) => sum + payload.length, 0);
    this.uncommitted += characters;
    try {
      return await this.commits.add(events);
    } finally {
      this.uncommitted -= characters;
    }
  }

  /** The wait for the shared commit is a step of the request's trace, and the attempts that follow are its children. */
  private async traced<T>(events: EventToStore[], commit: () => Promise<T>): Promise<T> {
    if (!this.tracing.isOn) return commit();
    const span = this.tracing.startSpan('event.commit', { 'im_callback.events': events.length });
    for (const { eventId } of events) this.traces.remember(eventId, span.traceparent);
    try {
      return await commit();
    } catch (error) {
      span.fail(String(error));
      throw error;
    } finally {
      span.end();
    }
  }

  /** Stores the events of a request together, then hands their deliveries over. */
  private async commit(requests: EventToStore[][]): Promise<StoreResult[][]> {
    const events = requests.flat();
    const routes = await this.webhooks.routesOf(new Set(events.map((event) => event.appId)), WHEN_IT_CAME);
    const bornAt = performance.now();
    const plan = new Map(
      events.map((event) => [event.eventId, planDeliveries(event, routes.get(event.appId) ?? [])]),
    );
    const results = await this.store.store(events, plan, BORN_LEASE_MS);
    this.metrics.commits.committed('ingest', performance.now() - bornAt, events.length);
    const fresh: FreshDelivery[] = [];
    events.forEach((event, index) => {
      const result = results[index];
      if (result?.kind !== 'stored') return;
      const { conversationId, payload } = event;
      const occurredAt = event.timestamp === null ? event.receivedAt : new Date(event.timestamp);
      for (const delivery of awaited(result.deliveries)) {
        if (!delivery.isHeldBack) fresh.push({ ...delivery, occurredAt, conversationId, payload });
      }
    });
    this.handOver.handOver(fresh, bornAt);
    return requests.map((request) => results.splice(0, request.length));
  }

  private answer(
    { eventId, appId, event, key }: EventToStore,
    result: StoreResult | undefined,
  ): IngestResult {
    switch (result?.kind) {
      case 'stored': {
        this.metrics.events.accepted(1);
        const deliveries = awaited(result.deliveries).length;
        this.logger.info('event.accepted', { eventId, appId, event, deliveries });
        return { kind: 'accepted', eventId, deliveries, duplicate: false };
      }
      case 'duplicate':
        this.metrics.events.duplicate(1);
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
