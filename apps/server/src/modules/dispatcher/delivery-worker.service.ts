/**
 * The worker, from top to bottom: deliveries come in from commits, hints and the sweep of the rows, are queued in the lane
 * of their webhook when they are due, are sent when lane and permits allow it, and are recorded; then what follows is done.
 * Rows are the truth: the sweep alone would deliver everything, only later.
 */
import { Inject, Injectable } from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import { Batcher } from '../../platform/batching/batcher.js';
import { runAll } from '../../platform/batching/run-all.js';
import { NotSentError } from '../../platform/limits/not-sent-error.js';
import { Logger } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import type { ClaimedDelivery, DueWebhook } from '../delivery-store/data/claims.repository.js';
import { FindWebhooksService } from '../webhook-configs/find-webhooks.service.js';
import { AttemptDeliveryService, type Attempted } from './attempt-delivery.service.js';
import { ClaimDeliveriesService, type Claim, type InOrderKey } from './claim-deliveries.service.js';
import { isOverload } from './domain/is-overload.js';
import type { FreshDelivery } from './fresh-deliveries.js';
import { BORN_LEASE_MS } from './hand-over.service.js';
import type { Lane, LaneAction } from './lanes/lane.js';
import { Lanes } from './lanes/lanes.js';
import { leasedFrom, type LeasedDelivery } from './lanes/leased-delivery.js';
import { LeaseRegistry } from './lease-registry.js';
import { LimitRateService } from './limit-rate.service.js';
import { PermitScheduler, type RequestInFlight } from './permits/permit-scheduler.js';
import { RecordOutcomesService, type Recorded } from './record-outcomes.service.js';
import { isSplit, SplitBatchService } from './split-batch.service.js';

const SWEEP_INTERVAL_MS = 500;
/** A sweep of very many webhooks takes a tenth of the time at most. */
const MAX_IDLE_FACTOR = 9;
/** Lanes that a sweep claims for at a time, so that it leaves most connections to others. */
const CLAIMS_AT_ONCE = 4;
const HEADS_PER_QUERY = 500;
/** Keys are freed one by one as outcomes are recorded; a few milliseconds gather those of a commit. */
const HEADS_LINGER_MS = 5;
/** Outcomes that wait to be recorded; with more nothing new is sent. */
const MAX_UNRECORDED = 2_000;
const SLOW_CHECK_MS = 100;
/** What did not leave because of us is tried again after that time. */
const NOT_SENT_BACKOFF_MS = 1_000;
/** How long a stopping worker waits for attempts under way; the launcher and `docker stop` allow more. */
const DRAIN_MS = 2_500;
const DRAIN_CHECK_MS = 20;

const FRESH = {
  ...{ attempts: 0, splits: 0, wasRefused: false, recoveryId: null },
  ...{ claimNumber: 0, dueInMs: 0, leaseMs: BORN_LEASE_MS },
} as const;

@Injectable()
export class DeliveryWorkerService {
  private readonly permits: PermitScheduler;
  private readonly heads: Batcher<InOrderKey, undefined>;
  private readonly underway = new Set<Promise<void>>();
  private sweepTimer: NodeJS.Timeout | undefined;
  private slowCheck: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | null = null;
  private isPumpPlanned = false;
  /** Takes nothing in any more. */
  private isClosed = false;
  /** Sends nothing new any more. */
  private isStopped = false;

  constructor(
    @Inject(ENV) env: Pick<Env, 'WEBHOOK_CONCURRENCY'>,
    private readonly claims: ClaimDeliveriesService,
    private readonly webhooks: FindWebhooksService,
    private readonly lanes: Lanes,
    private readonly registry: LeaseRegistry,
    private readonly attempts: AttemptDeliveryService,
    private readonly outcomes: RecordOutcomesService,
    private readonly rates: LimitRateService,
    private readonly splits: SplitBatchService,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {
    this.permits = new PermitScheduler(env.WEBHOOK_CONCURRENCY, () => {
      this.planPump();
    });
    this.heads = new Batcher({
      maxItems: HEADS_PER_QUERY,
      concurrency: 2,
      lingerMs: HEADS_LINGER_MS,
      run: async (keys) => {
        await this.takeClaim(await this.claims.heads(keys));
        return keys.map(() => undefined);
      },
    });
  }

  start(): void {
    this.metrics.deliveries.watchLoad(() => ({
      inFlight: this.permits.inFlight,
      buffered: Math.max(0, this.registry.size - this.permits.inFlight),
      lanes: this.lanes.size,
    }));
    this.registry.start(() => {
      this.shrinkLanes();
    });
    this.slowCheck = setInterval(() => {
      this.permits.moveSlowOnes(performance.now());
    }, SLOW_CHECK_MS);
    this.sweepIn(SWEEP_INTERVAL_MS);
  }

  /** Takes nothing new in, lets attempts under way end and releases the rest; what does not end in time is attempted again. */
  async stop(): Promise<void> {
    this.isClosed = true;
    this.outcomes.prepareStop();
    clearTimeout(this.sweepTimer);
    await this.sweeping;
    await Promise.all(this.underway);
    this.isStopped = true;
    clearInterval(this.slowCheck);
    this.permits.stop();
    const giveUpAt = performance.now() + DRAIN_MS;
    while ((this.permits.inFlight > 0 || this.outcomes.unrecorded > 0) && performance.now() < giveUpAt) {
      await new Promise((resolve) => setTimeout(resolve, DRAIN_CHECK_MS));
    }
    for (const lane of this.lanes) lane.takeAll();
    await this.registry.stop();
  }

  // Coming in.

  /** Fresh deliveries of this process. @param bornAt before their commit; monotonic milliseconds */
  takeFresh(deliveries: readonly FreshDelivery[], bornAt: number): void {
    const rows: ClaimedDelivery[] = [];
    for (const delivery of deliveries) {
      const { webhookId, orderedConversationId: conversationId } = delivery;
      if (conversationId !== null) this.takeHead({ webhookId, conversationId });
      else rows.push({ ...delivery, ...FRESH, passesHolds: delivery.kind !== 'event' });
    }
    // The configuration that planned them was not older than their acceptance.
    this.tryTo('take', () => this.takeClaim({ rows, askedAt: bornAt }, 0));
  }

  /** What a hint names. */
  async takeHinted(deliveryIds: readonly string[], keys: readonly InOrderKey[]): Promise<void> {
    for (const key of keys) this.takeHead(key);
    if (deliveryIds.length > 0) await this.takeClaim(await this.claims.hinted(deliveryIds));
  }

  /** The next delivery of an in-order key may be sent. */
  private takeHead(key: InOrderKey): void {
    if (this.isClosed || this.lanes.find(key.webhookId)?.room === 0) return;
    this.tryTo('turn', () => this.heads.add(key));
  }

  private sweepIn(waitMs: number): void {
    this.sweepTimer = setTimeout(() => {
      const startedAt = performance.now();
      this.sweeping = this.sweep().finally(() => {
        const tookMs = performance.now() - startedAt;
        if (!this.isClosed) this.sweepIn(Math.max(SWEEP_INTERVAL_MS, tookMs * MAX_IDLE_FACTOR));
      });
    }, waitMs);
  }

  /** Looks for rows that are due and unclaimed. */
  private async sweep(): Promise<void> {
    this.metrics.deliveries.swept();
    try {
      const due = await this.claims.due();
      const settings = await this.webhooks.settingsOf(due.keys());
      const claims = [...due].map(([webhookId, isDue]) => async () => {
        const found = settings.get(webhookId);
        if (!found) return;
        const lane = this.lanes.of(found);
        if (isDue.isOrdered) lane.backlog.noteKeys();
        if (isDue.hasReplays) lane.backlog.noteMoreReplays();
        if (lane.room === 0 && !isDue.hasPassing) lane.backlog.noteMore();
        else await this.claimFor(lane, isDue);
      });
      await runAll(claims, CLAIMS_AT_ONCE);
    } catch (error) {
      this.logger.error('sweep.failed', error);
    }
  }

  private claimWhenLow(lane: Lane): void {
    if (lane.needsClaim) this.tryTo('refill', () => this.claimFor(lane));
  }

  private async claimFor(lane: Lane, due?: DueWebhook): Promise<void> {
    if (this.isClosed || !lane.backlog.beginClaiming()) return;
    try {
      for await (const claim of this.claims.claimFor(lane, due)) await this.takeClaim(claim);
    } finally {
      lane.backlog.endClaiming();
    }
    this.claimWhenLow(lane);
  }

  /** @param asOf how old the settings may be; absent: as old as the claim */
  private async takeClaim({ rows, askedAt, isProbe = false }: Claim, asOf = askedAt): Promise<void> {
    if (rows.length === 0) return;
    const settings = await this.webhooks
      .settingsOf(new Set(rows.map((row) => row.webhookId)), asOf)
      .catch((error: unknown) => {
        this.registry.release(rows.map((row) => leasedFrom(row, askedAt)));
        throw error;
      });
    for (const row of rows) {
      const found = settings.get(row.webhookId);
      if (!found) continue;
      const delivery = leasedFrom(row, askedAt);
      delivery.mayPassBreaker ||= isProbe;
      this.place(this.lanes.of(found), delivery);
    }
  }

  private place(lane: Lane, delivery: LeasedDelivery): void {
    if (this.registry.merge(delivery)) return;
    // The webhook was deleted, disabled or paused by a person: the rows keep it, or it is canceled there.
    if (this.isClosed || !lane.wants(delivery)) this.registry.release([delivery]);
    else if (lane.accepts(delivery)) this.lease(lane, delivery);
    // A fresh one is claimable soon by itself, and under load there are very many of them.
    else if (delivery.claimNumber > 0) this.registry.release([delivery]);
  }

  private lease(lane: Lane, delivery: LeasedDelivery): void {
    this.registry.add(delivery, () => {
      this.queue(lane, delivery);
    });
  }

  /** It is due. */
  private queue(lane: Lane, delivery: LeasedDelivery): void {
    delivery.queuedAt = performance.now();
    if (!lane.wants(delivery)) this.registry.release([delivery]);
    else if (!lane.isBreakerOpen || delivery.mayPassBreaker) {
      lane.add(delivery);
      this.permits.lineUp(lane);
    } else if (delivery.recoveryId === null) this.passBreakerWhenAlone(lane, delivery);
    else this.registry.release([delivery]);
  }

  /** A delivery that nothing waits behind follows its own policy, breaker or not: it is the best probe there is. */
  private passBreakerWhenAlone(lane: Lane, delivery: LeasedDelivery): void {
    const now = performance.now();
    // Of the many that come while the breaker is open one asks now and then; the others stay in the rows.
    if (lane.isCrowded(now)) {
      this.registry.release([delivery]);
      return;
    }
    lane.assumeCrowded(now);
    this.claims
      .isAlone(lane.webhookId)
      .then((isAlone) => {
        if (!isAlone) {
          this.registry.release([delivery]);
          return;
        }
        lane.notCrowded();
        delivery.mayPassBreaker = true;
        lane.add(delivery);
        this.permits.lineUp(lane);
      })
      .catch((error: unknown) => {
        this.logger.warn('deliveries.look_up_failed', { message: String(error) });
        this.registry.release([delivery]);
      });
  }

  // Going out.

  private planPump(): void {
    if (this.isPumpPlanned) return;
    this.isPumpPlanned = true;
    setImmediate(() => {
      this.isPumpPlanned = false;
      this.pump();
    });
  }

  /** One action of each lane in turn, for as long as there is something to do. */
  private pump(): void {
    while (!this.isStopped && this.outcomes.unrecorded < MAX_UNRECORDED) {
      const lane = this.permits.nextLane();
      if (!lane) return;
      const hasPermit = (isReplay: boolean) => this.permits.hasPermit(lane, isReplay);
      this.act(lane, lane.next(performance.now(), hasPermit));
    }
  }

  private act(lane: Lane, action: LaneAction): void {
    switch (action.kind) {
      case 'send':
        void this.send(lane, action.deliveries, action.isReplay);
        this.permits.lineUp(lane);
        return;
      case 'release':
        this.registry.release(action.deliveries);
        this.permits.lineUp(lane);
        return;
      case 'refresh':
        void this.refreshFirst(lane, action.deliveries);
        return;
      case 'wait':
        this.permits.lineUpIn(lane, action.waitMs);
        return;
      case 'ask-rate':
        void this.askRate(lane);
        return;
      case 'await-permit':
        this.permits.park(lane);
        return;
      case 'idle':
    }
  }

  private async askRate(lane: Lane): Promise<void> {
    const waitMs = await this.refillTokens(lane);
    if (waitMs > 0) this.permits.lineUpIn(lane, waitMs);
    else this.permits.lineUp(lane);
  }

  private refillTokens(lane: Lane): Promise<number> {
    return lane.refillTokens((rate, queued) => this.rates.takeTokens(lane.webhookId, rate, queued));
  }

  /** Those that may still be sent come first when the lane is served again. */
  private async refreshFirst(lane: Lane, deliveries: LeasedDelivery[]): Promise<void> {
    try {
      const kept = await this.refresh(lane, deliveries);
      lane.addFirst(kept);
      if (kept.length < deliveries.length) this.claimWhenLow(lane);
    } catch (error) {
      this.logger.warn('deliveries.look_up_failed', { message: String(error) });
      // Some may be renewed already: whoever claims them next need not wait for the end of their leases.
      this.registry.release(deliveries);
    }
    this.permits.lineUp(lane);
  }

  /** Reads again whether they may be sent. @returns those that are still leased and wanted; the others are released */
  private async refresh(lane: Lane, deliveries: readonly LeasedDelivery[]): Promise<LeasedDelivery[]> {
    const askedAt = performance.now();
    const kept = await this.registry.renew(deliveries);
    const settings = (await this.webhooks.settingsOf([lane.webhookId], askedAt)).get(lane.webhookId);
    if (settings) lane.adopt(settings);
    this.registry.release(kept.filter((delivery) => !lane.wants(delivery)));
    return kept.filter((delivery) => lane.wants(delivery));
  }

  private async send(lane: Lane, deliveries: LeasedDelivery[], isReplay: boolean): Promise<void> {
    const request = this.permits.begin(lane, isReplay, performance.now());
    for (const delivery of deliveries) delivery.isUnderWay = true;
    try {
      const attempted = await this.attempt(lane, deliveries);
      if (isSplit(attempted)) await this.splits.send(lane, deliveries, attempted, this.senderOf(request));
      else void this.record(lane, deliveries, attempted);
    } catch (error) {
      if (error instanceof NotSentError) this.postpone(lane, deliveries, error);
      else {
        this.logger.error('delivery.interrupted', error, { webhookId: lane.webhookId });
        for (const delivery of deliveries) this.registry.forget(delivery);
      }
    }
    this.permits.end(request);
    this.claimWhenLow(lane);
  }

  /** A refused batch keeps its permit until all of its parts are done; each of their requests may take its time. */
  private senderOf(request: RequestInFlight): Parameters<SplitBatchService['send']>[3] {
    const { lane } = request;
    return {
      isStopped: () => this.isStopped,
      attempt: (deliveries) => {
        this.permits.goOn(request, performance.now());
        return this.attempt(lane, deliveries);
      },
      record: (deliveries, attempted) => this.record(lane, deliveries, attempted),
      postpone: (deliveries, reason) => {
        this.postpone(lane, deliveries, reason);
      },
      refresh: (deliveries) => this.refresh(lane, deliveries),
      refillTokens: () => this.refillTokens(lane),
    };
  }

  /** One request; the lane learns from the answer. */
  private async attempt(lane: Lane, deliveries: LeasedDelivery[]): Promise<Attempted> {
    const attempted = await this.attempts.attempt(lane.settings, deliveries);
    const { durationMs, responseStatus, errorClass, retryAfterMs } = attempted.outcome;
    const end = {
      durationMs,
      isAnswered: responseStatus !== null,
      isOverloaded: isOverload(attempted.outcome),
    };
    lane.answered(end, errorClass === null, retryAfterMs, performance.now());
    return attempted;
  }

  /** The request did not leave because of us: no attempt was made, and the receiver did nothing wrong. */
  private postpone(lane: Lane, deliveries: readonly LeasedDelivery[], { message }: NotSentError): void {
    const { webhookId } = lane;
    this.logger.warn('delivery.postponed', { webhookId, deliveries: deliveries.length, reason: message });
    for (const delivery of deliveries) delivery.isUnderWay = false;
    lane.backOff(performance.now(), NOT_SENT_BACKOFF_MS);
    this.registry.release(deliveries);
  }

  /** Records a request, and does what follows for each of its deliveries. */
  private record(lane: Lane, deliveries: LeasedDelivery[], attempted: Attempted): Promise<Recorded[]> {
    return Promise.all(
      this.outcomes.record(lane, deliveries, attempted).map(async (recording) => {
        const recorded = await recording;
        if (recorded.retry) this.lease(lane, recorded.retry);
        if (recorded.freedKey) this.takeHead(recorded.freedKey);
        this.claimWhenLow(lane);
        if (this.permits.hasLane) this.planPump();
        return recorded;
      }),
    );
  }

  /** A lane that became slow, or whose payloads take too much memory, leaves what it queued to the rows. */
  private shrinkLanes(): void {
    for (const lane of this.lanes) {
      if (!lane.hasTooMuch) continue;
      lane.backlog.noteMore();
      this.registry.release(lane.takeAll());
    }
  }

  private tryTo(what: string, work: () => Promise<void>): void {
    const done = work()
      .catch((error: unknown) => {
        this.logger.warn('feed.failed', { what, message: String(error) });
      })
      .finally(() => this.underway.delete(done));
    this.underway.add(done);
  }
}
