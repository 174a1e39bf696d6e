/** Hands fresh deliveries to a worker: to this process when it is one, else through the queue. */
import { Injectable } from '@nestjs/common';
import type { PlannedDelivery } from '../delivery-store/data/insert-deliveries.js';
import { DeliveryQueue } from './delivery.queue.js';

/** A delivery just committed, with what an attempt needs of its event. */
export interface FreshDelivery extends PlannedDelivery {
  occurredAt: Date;
  conversationId: string | null;
  payload: string;
}

export interface LocalWorker {
  /** @param bornAt before the commit; monotonic milliseconds */
  take(deliveries: readonly FreshDelivery[], bornAt: number): void;
}

/** How long a fresh delivery belongs to its hint: then any worker takes it, since the hint was lost. */
export const BORN_LEASE_MS = 5_000;

@Injectable()
export class HandOverService {
  private worker: LocalWorker | null = null;

  constructor(private readonly queue: DeliveryQueue) {}

  /** From now on, or with null no longer, deliveries of this process stay in it. */
  deliverHere(worker: LocalWorker | null): void {
    this.worker = worker;
  }

  /** @param deliveries of one commit, pending ones */
  handOver(deliveries: readonly FreshDelivery[], bornAt: number): void {
    if (deliveries.length === 0) return;
    if (this.worker) this.worker.take(deliveries, bornAt);
    else this.queue.hint(deliveries);
  }
}
