/** Hands fresh deliveries to a worker: to the worker of this process if there is one, otherwise through the queue. */
import { Injectable } from '@nestjs/common';
import { DeliveryQueue } from './delivery.queue.js';
import { FreshDeliveries, type FreshDelivery } from './fresh-deliveries.js';

/** How long a fresh delivery is leased to its hint; after that the hint counts as lost and any worker claims it. */
export const BORN_LEASE_MS = 5_000;

@Injectable()
export class HandOverService {
  constructor(
    private readonly fresh: FreshDeliveries,
    private readonly queue: DeliveryQueue,
  ) {}

  /**
   * @param deliveries of one commit, pending ones
   * @param bornAt before the commit; monotonic milliseconds
   */
  handOver(deliveries: readonly FreshDelivery[], bornAt: number): void {
    if (deliveries.length === 0 || this.fresh.publish(deliveries, bornAt)) return;
    this.queue.hint(deliveries);
  }
}
