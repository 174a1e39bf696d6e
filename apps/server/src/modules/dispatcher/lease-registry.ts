/** Tracks the deliveries that this worker has leased: wakes them when they are due, renews and releases their leases. */
import { Injectable } from '@nestjs/common';
import { Logger } from '../../platform/logging/logger.js';
import type { LeasedDelivery } from './lanes/leased-delivery.js';
import { RenewLeasesService } from './renew-leases.service.js';

const RENEW_INTERVAL_MS = 1_000;
const RENEW_BEFORE_MS = 4_000;
/** Retries that wait in memory, for all webhooks. */
const MAX_RETRIES = 5_000;

@Injectable()
export class LeaseRegistry {
  private readonly leased = new Map<string, LeasedDelivery>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private renewTimer: NodeJS.Timeout | undefined;
  private isRenewing = false;

  constructor(
    private readonly leases: RenewLeasesService,
    private readonly logger: Logger,
  ) {}

  get size(): number {
    return this.leased.size;
  }

  /** Whether another retry may wait in memory until it is due. */
  get hasRoomForRetry(): boolean {
    return this.timers.size < MAX_RETRIES;
  }

  /** @param beforeEach called each time before leases are renewed */
  start(beforeEach: () => void): void {
    this.renewTimer = setInterval(() => {
      beforeEach();
      this.renewExpiring();
    }, RENEW_INTERVAL_MS);
  }

  /** Releases everything that is not under way. */
  async stop(): Promise<void> {
    clearInterval(this.renewTimer);
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    const waiting = [...this.leased.values()].filter((delivery) => !delivery.isUnderWay);
    for (const delivery of waiting) this.forget(delivery);
    await Promise.all(waiting.map((delivery) => this.leases.release(delivery)));
  }

  /**
   * Updates a delivery that is leased already and was claimed again: the later claim counts. If it was waiting for its
   * time, it stops waiting, because it was brought forward.
   *
   * @returns false when it was not leased here
   */
  merge(delivery: LeasedDelivery): boolean {
    const known = this.leased.get(delivery.deliveryId);
    if (!known) return false;
    const timer = this.timers.get(known.deliveryId);
    if (timer) {
      clearTimeout(timer);
      this.timers.delete(known.deliveryId);
      this.forget(known);
      return false;
    }
    const { claimNumber, leaseEndsAt, seenAt } = delivery;
    Object.assign(known, { claimNumber, leaseEndsAt, seenAt });
    return true;
  }

  /** @param whenDue called when its next attempt is due, at once if it is */
  add(delivery: LeasedDelivery, whenDue: () => void): void {
    const { deliveryId } = delivery;
    this.leased.set(deliveryId, delivery);
    const waitMs = delivery.dueAt - performance.now();
    if (waitMs <= 1) {
      whenDue();
      return;
    }
    const timer = setTimeout(() => {
      this.timers.delete(deliveryId);
      whenDue();
    }, waitMs);
    this.timers.set(deliveryId, timer);
  }

  /** Stops tracking it: unless it was recorded, its lease expires. */
  forget(delivery: LeasedDelivery): void {
    // Its next attempt may be leased already.
    if (this.leased.get(delivery.deliveryId) === delivery) this.leased.delete(delivery.deliveryId);
  }

  /** Releases their leases: any worker may claim them when they are due. */
  release(deliveries: readonly LeasedDelivery[]): void {
    for (const delivery of deliveries) {
      this.forget(delivery);
      this.leases.release(delivery).catch((error: unknown) => {
        this.logger.warn('deliveries.not_given_back', { message: String(error) });
      });
    }
  }

  /** @returns those that this worker still has */
  async renew(deliveries: readonly LeasedDelivery[]): Promise<LeasedDelivery[]> {
    const isKept = await Promise.all(deliveries.map((delivery) => this.leases.renew(delivery)));
    return deliveries.filter((delivery, index) => {
      if (isKept[index] !== true) this.forget(delivery);
      return isKept[index] === true;
    });
  }

  private renewExpiring(): void {
    if (this.isRenewing) return;
    const before = performance.now() + RENEW_BEFORE_MS;
    const expiring = [...this.leased.values()].filter((delivery) => delivery.leaseEndsAt < before);
    this.isRenewing = true;
    this.renew(expiring)
      .catch((error: unknown) => {
        // A delivery whose lease has expired is not sent.
        this.logger.warn('leases.not_renewed', { message: String(error) });
      })
      .finally(() => (this.isRenewing = false));
  }
}
