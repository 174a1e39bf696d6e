/**
 * Takes deliveries in: fresh ones of this process, those that hints name, and what the sweep of the rows finds due and
 * unclaimed. Each is leased, waits until it is due, and is queued in the lane of its webhook.
 */
import { Injectable } from '@nestjs/common';
import { RepeatingTask } from '../../platform/background/repeating-task.js';
import { Batcher } from '../../platform/batching/batcher.js';
import { ConcurrencyLimiter } from '../../platform/limits/concurrency-limiter.js';
import { Logger } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import type { ClaimedDelivery } from '../delivery-store/data/claims.repository.js';
import type { DueWebhook } from '../delivery-store/data/due-webhooks.js';
import { FindWebhooksService } from '../webhook-configs/find-webhooks.service.js';
import { ClaimDeliveriesService, type Claim, type InOrderKey } from './claim-deliveries.service.js';
import type { FreshDelivery } from './fresh-deliveries.js';
import { BORN_LEASE_MS } from './hand-over.service.js';
import type { Lane } from './lanes/lane.js';
import { Lanes } from './lanes/lanes.js';
import { leasedFrom, type LeasedDelivery } from './lanes/leased-delivery.js';
import { LeaseRegistry } from './lease-registry.js';
import { PermitScheduler } from './permits/permit-scheduler.js';

const SWEEP_INTERVAL_MS = 500;
/** Sweeps take at most a tenth of the time, however many webhooks there are. */
const MAX_IDLE_FACTOR = 9;
/** Lanes that a sweep claims for at a time; most database connections are left to others. */
const CLAIMS_AT_ONCE = 4;
const HEADS_PER_QUERY = 500;
/** Keys are freed one by one as outcomes are recorded; a few milliseconds gather those of a commit. */
const HEADS_LINGER_MS = 5;

const FRESH = {
  ...{ attempts: 0, splits: 0, wasRefused: false, recoveryId: null },
  ...{ claimNumber: 0, dueInMs: 0, leaseMs: BORN_LEASE_MS },
} as const;

@Injectable()
export class TakeInDeliveriesService {
  private readonly heads: Batcher<InOrderKey, undefined>;
  private readonly sweeping: RepeatingTask;
  private readonly sweepClaims = new ConcurrencyLimiter({ maxConcurrent: CLAIMS_AT_ONCE });
  private readonly underway = new Set<Promise<void>>();
  private isClosed = false;

  constructor(
    private readonly claims: ClaimDeliveriesService,
    private readonly webhooks: FindWebhooksService,
    private readonly lanes: Lanes,
    private readonly registry: LeaseRegistry,
    private readonly permits: PermitScheduler,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {
    this.heads = new Batcher({
      maxItems: HEADS_PER_QUERY,
      concurrency: 2,
      lingerMs: HEADS_LINGER_MS,
      run: async (keys) => {
        await this.takeClaim(await this.claims.heads(keys));
        return keys.map(() => undefined);
      },
    });
    this.sweeping = new RepeatingTask(logger, {
      failureEvent: 'sweep.failed',
      firstDelayMs: SWEEP_INTERVAL_MS,
      delayMs: ({ durationMs }) => Math.max(SWEEP_INTERVAL_MS, durationMs * MAX_IDLE_FACTOR),
      run: () => this.sweep(),
    });
  }

  start(): void {
    this.registry.start(() => {
      this.shrinkLanes();
    });
    this.sweeping.start();
  }

  /** Stops taking in. @returns after the work in progress has ended */
  async stop(): Promise<void> {
    this.isClosed = true;
    await this.sweeping.stop();
    await Promise.all(this.underway);
  }

  /** Fresh deliveries of this process. @param bornAt before their commit; monotonic milliseconds */
  takeFresh(deliveries: readonly FreshDelivery[], bornAt: number): void {
    const rows: ClaimedDelivery[] = [];
    for (const delivery of deliveries) {
      const { webhookId, orderedConversationId: conversationId } = delivery;
      if (conversationId !== null) this.takeHead({ webhookId, conversationId });
      else rows.push({ ...delivery, ...FRESH, passesHolds: delivery.kind !== 'event' });
    }
    // They were planned with a configuration at least as new as their acceptance.
    this.tryTo('take', () => this.takeClaim({ rows, askedAt: bornAt }, 0));
  }

  /** What a hint names. */
  async takeHinted(deliveryIds: readonly string[], keys: readonly InOrderKey[]): Promise<void> {
    for (const key of keys) this.takeHead(key);
    if (deliveryIds.length > 0) await this.takeClaim(await this.claims.hinted(deliveryIds));
  }

  /** The next delivery of an in-order key may be sent. */
  takeHead(key: InOrderKey): void {
    if (this.isClosed || this.lanes.find(key.webhookId)?.room === 0) return;
    this.tryTo('turn', () => this.heads.add(key));
  }

  /** Looks for rows that are due and unclaimed. */
  private async sweep(): Promise<void> {
    this.metrics.deliveries.swept();
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
    await this.sweepClaims.runAll(claims);
  }

  /** Claims more for a lane that runs low, while the rows have more. */
  claimWhenLow(lane: Lane): void {
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
    // The webhook was deleted, disabled or paused: the delivery stays pending or is canceled in the database.
    if (this.isClosed || !lane.wants(delivery)) this.registry.release([delivery]);
    else if (lane.accepts(delivery)) this.lease(lane, delivery);
    // A fresh one becomes claimable soon without a release, which saves statements under load.
    else if (delivery.claimNumber > 0) this.registry.release([delivery]);
  }

  /** It is queued when it is due. */
  lease(lane: Lane, delivery: LeasedDelivery): void {
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

  /** A delivery with nothing pending behind it follows its own policy in spite of the breaker: it is the best probe. */
  private passBreakerWhenAlone(lane: Lane, delivery: LeasedDelivery): void {
    const now = performance.now();
    // While the breaker is open, only one of many incoming deliveries checks now and then; the others stay unclaimed.
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

  /** Releases queued deliveries of lanes that became slow or whose payloads take too much memory. */
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
