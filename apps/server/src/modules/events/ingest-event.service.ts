/** Ingests events: stores them with their planned deliveries before the sender is answered. */
import { Injectable } from '@nestjs/common';
import type { IngestedEvent } from '@im/contracts/api/events';
import { uuidV7 } from '../../platform/crypto/random-pool.js';
import { Batcher } from '../../platform/batching/batcher.js';
import { Clock } from '../../platform/clock/clock.js';
import { ConfigurationChanged, ConfigVersion } from '../../platform/database/config-version.js';
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

/** The events of one request: they are committed together or not at all. */
interface Submission {
  events: EventToStore[];
  configVersion: number | undefined;
}

@Injectable()
export class IngestEventService {
  /** `changed`: nothing was stored, since the configuration is not that of the request. */
  private readonly commits: Batcher<Submission, StoreResult[] | 'changed'>;

  /** Characters of payloads that wait for their commit. */
  private uncommitted = 0;

  constructor(
    private readonly store: EventStoreRepository,
    private readonly webhooks: FindWebhooksService,
    private readonly config: ConfigVersion,
    private readonly handOver: HandOverService,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
    private readonly tracing: Tracing,
    private readonly traces: EventTraces,
  ) {
    this.commits = new Batcher({
      maxItems: MAX_EVENTS_PER_COMMIT,
      sizeOf: ({ events }) => events.length,
      concurrency: CONCURRENT_COMMITS,
      run: (submissions) => this.commit(submissions),
    });
  }

  /**
   * @param receivedFrom who sends them, as `receivedFromOf` writes it
   * @param configVersion of the cached configuration that let the request in, if that is to be checked here
   * @returns an answer for each event, in order; when it throws, nothing was stored
   * @throws ConfigurationChanged when the configuration is not of that version
   */
  async ingest(
    appId: string,
    events: ReadEvent[],
    receivedFrom: string,
    configVersion?: number,
  ): Promise<IngestResult[]> {
    if (events.length === 0) {
      if (configVersion !== undefined && (await this.config.hasMovedFrom(configVersion))) {
        throw new ConfigurationChanged();
      }
      return [];
    }
    const receivedAt = this.clock.now();
    const stored = events.map((event): EventToStore => ({
      ...event,
      appId,
      eventId: uuidV7(),
      receivedAt,
      receivedFrom,
    }));
    const results = await this.traced(stored, () =>
      this.commitWithinBounds({ events: stored, configVersion }),
    );
    return stored.map((event, index) => this.answer(event, results[index]));
  }

  /** @throws DomainError `too_many_requests` while too much waits already; ConfigurationChanged */
  private async commitWithinBounds(submission: Submission): Promise<StoreResult[]> {
    if (this.uncommitted >= MAX_UNCOMMITTED) {
      throw new DomainError('too_many_requests', 'More events come in than can be stored', {
        retryAfterSeconds: 1,
      });
    }
    const characters = submission.events.reduce((sum, { payload }) => sum + payload.length, 0);
    this.uncommitted += characters;
    try {
      const results = await this.commits.add(submission);
      if (results === 'changed') throw new ConfigurationChanged();
      return results;
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

  /** Stores those submissions whose configuration is the present one. */
  private async commit(submissions: Submission[]): Promise<(StoreResult[] | 'changed')[]> {
    const { current } = this.config;
    const isChecked = ({ configVersion }: Submission) => configVersion === undefined;
    const isToStore = (submission: Submission) =>
      isChecked(submission) || submission.configVersion === current;
    const toStore = submissions.filter(isToStore);
    const stored = await this.commitIfCurrent(toStore, toStore.every(isChecked) ? undefined : current);
    const checked = stored ? [] : await this.commitEvents(toStore.filter(isChecked));
    return submissions.map((submission) => {
      if (stored) return (isToStore(submission) ? stored.shift() : undefined) ?? 'changed';
      return (isChecked(submission) ? checked.shift() : undefined) ?? 'changed';
    });
  }

  /** @returns undefined when nothing was stored, since the configuration is not of that version */
  private async commitIfCurrent(
    submissions: Submission[],
    configVersion: number | undefined,
  ): Promise<StoreResult[][] | undefined> {
    const askedAt = performance.now();
    try {
      const stored = await this.commitEvents(submissions, configVersion);
      if (configVersion !== undefined) this.config.observe(configVersion, askedAt);
      return stored;
    } catch (error) {
      if (error instanceof ConfigurationChanged) return undefined;
      throw error;
    }
  }

  /** Stores events together, then hands their deliveries over. */
  private async commitEvents(submissions: Submission[], configVersion?: number): Promise<StoreResult[][]> {
    const events = submissions.flatMap((submission) => submission.events);
    if (events.length === 0) return [];
    const routes = await this.webhooks.routesOf(new Set(events.map((event) => event.appId)), WHEN_IT_CAME);
    const bornAt = performance.now();
    const plan = new Map(
      events.map((event) => [event.eventId, planDeliveries(event, routes.get(event.appId) ?? [])]),
    );
    const results = await this.store.store(events, plan, BORN_LEASE_MS, configVersion);
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
    return submissions.map((submission) => results.splice(0, submission.events.length));
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
