/** Passes fresh deliveries from their commit to the worker of the same process, if there is one. */
import { Injectable } from '@nestjs/common';
import type { PlannedDelivery } from '../delivery-store/data/insert-deliveries.js';

/** A delivery just committed, with what an attempt needs of its event. */
export interface FreshDelivery extends PlannedDelivery {
  occurredAt: Date;
  conversationId: string | null;
  payload: string;
}

/** @param bornAt before the commit; monotonic milliseconds */
export type FreshDeliveriesListener = (deliveries: readonly FreshDelivery[], bornAt: number) => void;

@Injectable()
export class FreshDeliveries {
  private listener: FreshDeliveriesListener | null = null;

  /** @returns ends the subscription; a process has one at most */
  subscribe(listener: FreshDeliveriesListener): () => void {
    if (this.listener) throw new Error('A process has one worker');
    this.listener = listener;
    return () => {
      this.listener = null;
    };
  }

  /** @returns false: there is no worker in this process */
  publish(deliveries: readonly FreshDelivery[], bornAt: number): boolean {
    this.listener?.(deliveries, bornAt);
    return this.listener !== null;
  }
}
