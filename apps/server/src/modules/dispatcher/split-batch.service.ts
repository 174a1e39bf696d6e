/**
 * Sends a refused batch again in halves, one after the other and in order, until each refused event stands alone. All of
 * them are one thing under way for their lane: the place it takes, its rate, its breaker and its leases hold as before.
 */
import { setTimeout } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { NotSentError } from '../../platform/limits/not-sent-error.js';
import { Logger } from '../../platform/logging/logger.js';
import type { Attempted } from './attempt-delivery.service.js';
import { halvesOf } from '../delivery-store/domain/split-refused.js';
import { isStale, type HeldDelivery } from './lanes/held-delivery.js';
import type { Lane } from './lanes/lane.js';
import type { LaneKeeper } from './lanes/lane-keeper.js';
import { LimitRateService } from './limit-rate.service.js';
import { RecordOutcomesService } from './record-outcomes.service.js';

/** What sends requests of the lane. */
export interface BatchSender {
  keeper: LaneKeeper;
  /** Nothing new is begun any more. */
  isStopped: () => boolean;
  attempt: (deliveries: HeldDelivery[]) => Promise<Attempted>;
  /** They did not leave because of us. */
  postpone: (deliveries: HeldDelivery[], reason: NotSentError) => void;
}

export function isSplit({ deliveries }: Attempted): boolean {
  return deliveries.some(({ verdict }) => verdict.kind === 'split');
}

@Injectable()
export class SplitBatchService {
  constructor(
    private readonly outcomes: RecordOutcomesService,
    private readonly rates: LimitRateService,
    private readonly logger: Logger,
  ) {}

  /**
   * Ends when everything of the batch is recorded or given back. Each request is recorded before the next one goes out, so
   * that the log is whole and an open breaker is seen; a worker that dies in between leaves rows that go out one by one.
   */
  async send(lane: Lane, refused: HeldDelivery[], attempted: Attempted, sender: BatchSender): Promise<void> {
    const parts = halvesOf(await this.recorded(lane, refused, attempted));
    try {
      for (let part = parts[0]; part; part = parts[0]) {
        if (!(await this.mayGo(lane, sender))) break;
        parts.shift();
        parts.unshift(...(await this.sendPart(lane, part, sender)));
      }
    } catch (error) {
      this.logger.error('delivery.interrupted', error, { webhookId: lane.webhookId });
    }
    sender.keeper.giveBack(parts.flat());
  }

  /** @returns the parts that it has to be sent in again */
  private async sendPart(lane: Lane, part: HeldDelivery[], sender: BatchSender): Promise<HeldDelivery[][]> {
    const { keeper } = sender;
    // It takes no batches any more: the settings have changed meanwhile.
    if (part.length > 1 && !lane.settings.batch) return part.map((delivery) => [delivery]);
    const carried = await this.confirmed(lane, part, keeper);
    if (carried.length === 0) return [];
    for (const delivery of carried) delivery.isUnderWay = true;
    try {
      const attempted = await sender.attempt(carried);
      const pending = await this.recorded(lane, carried, attempted);
      return isSplit(attempted) ? halvesOf(pending) : [];
    } catch (error) {
      if (error instanceof NotSentError) {
        sender.postpone(carried, error);
        return [];
      }
      for (const delivery of carried) keeper.dropped(delivery);
      throw error;
    }
  }

  /** Those of a part that are still this worker's and wanted; the others are given back. */
  private async confirmed(lane: Lane, part: HeldDelivery[], keeper: LaneKeeper): Promise<HeldDelivery[]> {
    const now = performance.now();
    try {
      if (part.some((held) => isStale(held, now))) return await keeper.confirm(lane, part);
    } catch (error) {
      keeper.giveBack(part);
      throw error;
    }
    keeper.giveBack(part.filter((delivery) => !lane.wants(delivery)));
    return part.filter((delivery) => lane.wants(delivery));
  }

  /** @returns those that are still pending, and go out again */
  private async recorded(lane: Lane, carried: HeldDelivery[], attempted: Attempted): Promise<HeldDelivery[]> {
    const isPending = await Promise.all(this.outcomes.record(lane, carried, attempted));
    return carried.filter((_, index) => isPending[index]);
  }

  /** Waits for the webhook's rate. @returns false: nothing more is to be sent now */
  private async mayGo(lane: Lane, { isStopped }: BatchSender): Promise<boolean> {
    while (!isStopped() && !lane.isPaused && lane.restsUntil <= performance.now()) {
      if (lane.settings.rateLimitPerSecond === 0) return true;
      if (lane.allowance >= 1) {
        lane.allowance -= 1;
        return true;
      }
      const waitMs = await this.rates.allow(lane);
      if (waitMs > 0) await setTimeout(waitMs);
    }
    return false;
  }
}
