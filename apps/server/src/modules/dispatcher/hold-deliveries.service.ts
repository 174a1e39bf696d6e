/**
 * Keeps what this worker has in its hands: puts it into its lane when it is due, renews its lease while it waits or is
 * under way, gives back what is not to be sent, and knows what follows when an attempt is recorded.
 */
import { Injectable } from '@nestjs/common';
import { Metrics } from '../../platform/metrics/metrics.js';
import { Logger } from '../../platform/logging/logger.js';
import { FindWebhooksService } from '../webhook-configs/find-webhooks.service.js';
import { ClaimsRepository } from '../delivery-store/data/claims.repository.js';
import { DispatchDeliveriesService } from './dispatch-deliveries.service.js';
import { KeepLeasesService, LEASE_MS } from './keep-leases.service.js';
import { goOnAfterSplit, type HeldDelivery } from './lanes/held-delivery.js';
import type { Lane } from './lanes/lane.js';
import type { LaneKeeper, RecordedEnd } from './lanes/lane-keeper.js';
import { Lanes } from './lanes/lanes.js';

const RENEW_INTERVAL_MS = 1_000;
const RENEW_BEFORE_MS = 4_000;
/** A retry that is due so soon is kept here instead of being claimed again. */
const KEEP_RETRY_MS = 10_000;
/** Retries kept here, of all webhooks. */
const MOST_RETRIES = 5_000;
/** How long it is taken for granted that more than one delivery waits for a paused webhook. */
const CROWDED_MS = 1_000;

/** What follows that needs the rows again. */
export interface LaneFeeder {
  takeTurn(turn: { webhookId: string; conversationId: string }): void;
  refillWhenLow(lane: Lane): void;
}

@Injectable()
export class HoldDeliveriesService implements LaneKeeper {
  private readonly held = new Map<string, HeldDelivery>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private renewTimer: NodeJS.Timeout | undefined;
  private feeder!: LaneFeeder;
  private isStopping = false;
  private isStopped = false;
  private isRenewing = false;

  constructor(
    private readonly claims: ClaimsRepository,
    private readonly webhooks: FindWebhooksService,
    private readonly leases: KeepLeasesService,
    private readonly lanes: Lanes,
    private readonly dispatch: DispatchDeliveriesService,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {}

  start(feeder: LaneFeeder): void {
    this.feeder = feeder;
    this.dispatch.start(this);
    this.metrics.deliveries.watchLoad(() => ({
      inFlight: this.dispatch.inFlight,
      buffered: Math.max(0, this.held.size - this.dispatch.inFlight),
      lanes: this.lanes.size,
    }));
    this.renewTimer = setInterval(() => {
      this.renewExpiring();
    }, RENEW_INTERVAL_MS);
  }

  /** Keeps nothing for later from now on. */
  prepareStop(): void {
    this.isStopping = true;
  }

  /** Gives everything back that is not under way. */
  async stop(): Promise<void> {
    clearInterval(this.renewTimer);
    this.isStopped = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    for (const lane of this.lanes) lane.takeAll();
    const waiting = [...this.held.values()].filter((delivery) => !delivery.isUnderWay);
    for (const delivery of waiting) this.drop(delivery);
    await Promise.all(waiting.map((delivery) => this.leases.release(delivery)));
  }

  /** Takes a delivery in: into its lane now, or when it is due. */
  place(lane: Lane, delivery: HeldDelivery): void {
    const { deliveryId } = delivery;
    const known = this.held.get(deliveryId);
    if (known && !this.stopWaiting(known)) {
      // Claimed again while it was here: the later claim is the one that counts.
      const { claimNumber, leaseEndsAt, seenAt } = delivery;
      Object.assign(known, { claimNumber, leaseEndsAt, seenAt });
      return;
    }
    // Its webhook was deleted, disabled or paused by a person: the rows keep it, or have it canceled.
    if (this.isStopped || !lane.wants(delivery)) {
      this.giveBack([delivery]);
      return;
    }
    // Older ones wait in the rows: a fresh one must not overtake them for ever.
    const isTooEarly = delivery.claimNumber === 0 && lane.hasMoreInRows;
    if ((!lane.hasRoomFor(delivery) || isTooEarly) && !delivery.mayPassBreaker) {
      if (delivery.recoveryId === null) lane.hasMoreInRows = true;
      else lane.hasMoreReplaysInRows = true;
      // A fresh one is claimable soon by itself, and under load there are very many of them.
      if (delivery.claimNumber > 0) this.giveBack([delivery]);
      return;
    }
    this.held.set(deliveryId, delivery);
    this.queue(lane, delivery);
  }

  lookUp(lane: Lane, deliveries: HeldDelivery[]): void {
    const askedAt = performance.now();
    this.renew(deliveries)
      .then(async (kept) => {
        const settings = (await this.webhooks.settingsOf([lane.webhookId], askedAt)).get(lane.webhookId);
        if (settings) lane.adopt(settings);
        this.giveBack(kept.filter((delivery) => !lane.wants(delivery)));
        this.dispatch.resume(
          lane,
          kept.filter((delivery) => lane.wants(delivery)),
        );
        if (kept.length < deliveries.length) this.feeder.refillWhenLow(lane);
      })
      .catch((error: unknown) => {
        this.logger.warn('deliveries.look_up_failed', { message: String(error) });
        // Some may be renewed already: whoever asks next need not wait for the end of their leases.
        this.giveBack(deliveries);
        this.dispatch.lineUp(lane);
      });
  }

  async confirm(lane: Lane, deliveries: HeldDelivery[]): Promise<HeldDelivery[]> {
    const askedAt = performance.now();
    const kept = await this.renew(deliveries);
    const settings = (await this.webhooks.settingsOf([lane.webhookId], askedAt)).get(lane.webhookId);
    if (settings) lane.adopt(settings);
    this.giveBack(kept.filter((delivery) => !lane.wants(delivery)));
    return kept.filter((delivery) => lane.wants(delivery));
  }

  giveBack(deliveries: HeldDelivery[]): void {
    for (const delivery of deliveries) {
      this.drop(delivery);
      this.leases.release(delivery).catch((error: unknown) => {
        this.logger.warn('deliveries.not_given_back', { message: String(error) });
      });
    }
  }

  holdMsFor(lane: Lane, retryInMs: number): number {
    if (this.isStopping || lane.isHolding || lane.isCrowded(performance.now())) return 0;
    return retryInMs <= KEEP_RETRY_MS && this.timers.size < MOST_RETRIES && lane.room > 0 ? LEASE_MS : 0;
  }

  recorded(lane: Lane, delivery: HeldDelivery, { attempted, result, endedAt, holdMs }: RecordedEnd): void {
    const { attempt, verdict } = attempted;
    const { isRecorded, isPending, health } = result;
    if (health) lane.setPaused(health.isPaused);
    if (verdict.kind === 'split' && isPending) {
      goOnAfterSplit(delivery, attempt, endedAt + holdMs);
      return;
    }
    this.held.delete(delivery.deliveryId);
    if (!isRecorded) return;
    const { webhookId, orderedConversationId: conversationId } = delivery;
    if (verdict.kind !== 'retry') {
      if (delivery.recoveryId !== null) lane.hasMoreReplaysInRows ||= conversationId !== null;
      else if (conversationId !== null) this.feeder.takeTurn({ webhookId, conversationId });
      this.feeder.refillWhenLow(lane);
      return;
    }
    const dueAt = endedAt + verdict.delayMs;
    if (holdMs === 0 || !isPending) return;
    // The row is read again before it is sent: meanwhile it may be canceled.
    const leaseEndsAt = dueAt + holdMs;
    const again = {
      attempts: attempt,
      dueAt,
      leaseEndsAt,
      seenAt: 0,
      passesHolds: false,
      mayPassBreaker: false,
      isUnderWay: false,
      wasRefused: attempted.isRefused,
    };
    const retry = { ...delivery, ...again };
    this.held.set(delivery.deliveryId, retry);
    this.queue(lane, retry);
  }

  dropped(delivery: HeldDelivery): void {
    this.drop(delivery);
  }

  laneMoved(lane: Lane): void {
    this.feeder.refillWhenLow(lane);
  }

  /** A retry that waits here for its time was brought forward. @returns false: it does not wait for a time */
  private stopWaiting(known: HeldDelivery): boolean {
    const timer = this.timers.get(known.deliveryId);
    if (!timer) return false;
    clearTimeout(timer);
    this.timers.delete(known.deliveryId);
    this.drop(known);
    return true;
  }

  private queue(lane: Lane, delivery: HeldDelivery): void {
    const now = performance.now();
    const waitMs = delivery.dueAt - now;
    if (waitMs > 1) {
      const timer = setTimeout(() => {
        this.timers.delete(delivery.deliveryId);
        this.whenDue(lane, delivery);
      }, waitMs);
      this.timers.set(delivery.deliveryId, timer);
      return;
    }
    this.whenDue(lane, delivery);
  }

  private whenDue(lane: Lane, delivery: HeldDelivery): void {
    delivery.queuedAt = performance.now();
    if (!lane.wants(delivery)) {
      this.giveBack([delivery]);
      return;
    }
    if (lane.isPaused && !delivery.mayPassBreaker) {
      if (delivery.recoveryId === null) this.passBreakerWhenAlone(lane, delivery);
      else this.giveBack([delivery]);
      return;
    }
    if (delivery.mayPassBreaker) lane.addFirst([delivery]);
    else lane.add(delivery);
    this.dispatch.lineUp(lane);
  }

  /** A delivery that nothing waits behind follows its own policy, breaker or not: it is the best probe there is. */
  private passBreakerWhenAlone(lane: Lane, delivery: HeldDelivery): void {
    // Of the many that come while it is paused one asks now and then; the others wait in the rows.
    if (lane.isCrowded(performance.now())) {
      this.giveBack([delivery]);
      return;
    }
    lane.crowdedUntil = performance.now() + CROWDED_MS;
    this.claims
      .isAlone(lane.webhookId)
      .then((isAlone) => {
        if (!isAlone) {
          this.giveBack([delivery]);
          return;
        }
        lane.crowdedUntil = 0;
        delivery.mayPassBreaker = true;
        lane.addFirst([delivery]);
        this.dispatch.lineUp(lane);
      })
      .catch((error: unknown) => {
        this.logger.warn('deliveries.look_up_failed', { message: String(error) });
        this.giveBack([delivery]);
      });
  }

  private giveBackAll(lane: Lane): void {
    lane.hasMoreInRows = true;
    this.giveBack(lane.takeAll());
  }

  private renewExpiring(): void {
    if (this.isRenewing) return;
    for (const lane of this.lanes) if (lane.hasTooMuch) this.giveBackAll(lane);
    const before = performance.now() + RENEW_BEFORE_MS;
    const expiring = [...this.held.values()].filter((delivery) => delivery.leaseEndsAt < before);
    this.isRenewing = true;
    this.renew(expiring)
      .catch((error: unknown) => {
        // What cannot be renewed is not begun any more once its lease is over.
        this.logger.warn('leases.not_renewed', { message: String(error) });
      })
      .finally(() => (this.isRenewing = false));
  }

  /** @returns those that are still this worker's */
  private async renew(deliveries: HeldDelivery[]): Promise<HeldDelivery[]> {
    const kept = await Promise.all(deliveries.map((delivery) => this.leases.renew(delivery)));
    return deliveries.filter((delivery, index) => kept[index] === true || this.drop(delivery));
  }

  private drop(delivery: HeldDelivery): false {
    // Its next attempt may be held already.
    if (this.held.get(delivery.deliveryId) === delivery) this.held.delete(delivery.deliveryId);
    return false;
  }
}
