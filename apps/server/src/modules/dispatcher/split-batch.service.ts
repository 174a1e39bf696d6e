/**
 * Sends a refused batch again in halves, one after the other and in order, until each refused event stands alone. All of
 * them are one request in flight for their lane: its permit, rate, breaker and leases hold as before.
 */
import { setTimeout } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { NotSentError } from '../../platform/limits/not-sent-error.js';
import { Logger } from '../../platform/logging/logger.js';
import { halvesOf } from '../delivery-store/domain/split-refused.js';
import type { Attempted } from './attempt-delivery.service.js';
import type { Lane } from './lanes/lane.js';
import { isStale, type LeasedDelivery } from './lanes/leased-delivery.js';
import { LeaseRegistry } from './lease-registry.js';
import type { Recorded } from './record-outcomes.service.js';

/** What a split needs of the worker that sends it. */
export interface BatchSender {
  /** Nothing new is sent any more. */
  isStopped: () => boolean;
  /** One more request under the same permit. */
  attempt: (deliveries: LeasedDelivery[]) => Promise<Attempted>;
  record: (deliveries: LeasedDelivery[], attempted: Attempted) => Promise<Recorded[]>;
  /** This service could not send their request. */
  postpone: (deliveries: LeasedDelivery[], reason: NotSentError) => void;
  /** Reads their rows again. @returns those that are still leased and wanted; the others are released */
  refresh: (deliveries: LeasedDelivery[]) => Promise<LeasedDelivery[]>;
  /** Asks the rate limiter. @returns milliseconds to wait; 0: there are tokens now */
  refillTokens: () => Promise<number>;
}

export function isSplit({ deliveries }: Attempted): boolean {
  return deliveries.some(({ verdict }) => verdict.kind === 'split');
}

@Injectable()
export class SplitBatchService {
  constructor(
    private readonly registry: LeaseRegistry,
    private readonly logger: Logger,
  ) {}

  /**
   * Ends when everything of the batch is recorded or released. Each request is recorded before the next one is sent, so
   * that the log is whole and an open breaker is seen; a worker that dies in between leaves rows that are sent one by one.
   */
  async send(
    lane: Lane,
    refused: LeasedDelivery[],
    attempted: Attempted,
    sender: BatchSender,
  ): Promise<void> {
    const parts = halvesOf(await pendingOf(refused, attempted, sender));
    try {
      for (let part = parts[0]; part; part = parts[0]) {
        if (!(await this.mayGo(lane, sender))) break;
        parts.shift();
        parts.unshift(...(await this.sendPart(lane, part, sender)));
      }
    } catch (error) {
      this.logger.error('delivery.interrupted', error, { webhookId: lane.webhookId });
    }
    this.registry.release(parts.flat());
  }

  /** @returns the parts that it has to be sent in again */
  private async sendPart(
    lane: Lane,
    part: LeasedDelivery[],
    sender: BatchSender,
  ): Promise<LeasedDelivery[][]> {
    // The webhook no longer takes batches: its settings have changed.
    if (part.length > 1 && !lane.settings.batch) return part.map((delivery) => [delivery]);
    const carried = await this.confirmed(lane, part, sender);
    if (carried.length === 0) return [];
    for (const delivery of carried) delivery.isUnderWay = true;
    try {
      const attempted = await sender.attempt(carried);
      const pending = await pendingOf(carried, attempted, sender);
      return isSplit(attempted) ? halvesOf(pending) : [];
    } catch (error) {
      if (error instanceof NotSentError) {
        sender.postpone(carried, error);
        return [];
      }
      for (const delivery of carried) this.registry.forget(delivery);
      throw error;
    }
  }

  /** @returns those of a part that are still leased and wanted; the others are released */
  private async confirmed(
    lane: Lane,
    part: LeasedDelivery[],
    { refresh }: BatchSender,
  ): Promise<LeasedDelivery[]> {
    const now = performance.now();
    try {
      if (part.some((delivery) => isStale(delivery, now))) return await refresh(part);
    } catch (error) {
      this.registry.release(part);
      throw error;
    }
    this.registry.release(part.filter((delivery) => !lane.wants(delivery)));
    return part.filter((delivery) => lane.wants(delivery));
  }

  /** Waits for the webhook's rate. @returns false: nothing more is to be sent now */
  private async mayGo(lane: Lane, { isStopped, refillTokens }: BatchSender): Promise<boolean> {
    while (!isStopped() && !lane.isBreakerOpen && lane.backoffUntil <= performance.now()) {
      if (lane.rateLimitPerSecond === 0 || lane.takeToken()) return true;
      const waitMs = await refillTokens();
      if (waitMs > 0) await setTimeout(waitMs);
    }
    return false;
  }
}

/** @returns those that are still pending, and are sent again */
async function pendingOf(
  carried: LeasedDelivery[],
  attempted: Attempted,
  { record }: BatchSender,
): Promise<LeasedDelivery[]> {
  const recorded = await record(carried, attempted);
  return carried.filter((_, index) => recorded[index]?.isPending === true);
}
