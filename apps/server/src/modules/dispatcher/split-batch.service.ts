/**
 * Sends a refused batch again in halves, one after the other and in order, until each refused event stands alone. All of
 * them are one thing under way for their lane: the place it takes, its rate, its breaker and its leases hold as before.
 */
import { Injectable } from '@nestjs/common';
import { Logger } from '../../platform/logging/logger.js';
import type { Attempted } from './attempt-delivery.service.js';
import { halvesOf } from './domain/split-refused.js';
import { isStale, type HeldDelivery } from './lanes/held-delivery.js';
import type { Lane } from './lanes/lane.js';
import type { LaneKeeper } from './lanes/lane-keeper.js';
import { LimitRateService } from './limit-rate.service.js';
import { RecordOutcomesService } from './record-outcomes.service.js';

/** While somebody else asks for the lane's allowance. */
const ALLOWANCE_CHECK_MS = 10;

/** What sends requests of the lane. */
export interface BatchSender {
  keeper: LaneKeeper;
  /** Nothing new is begun any more. */
  isStopped: () => boolean;
  attempt: (deliveries: HeldDelivery[]) => Promise<Attempted>;
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
    const now = performance.now();
    try {
      const carried = part.some((held) => isStale(held, now)) ? await keeper.confirm(lane, part) : part;
      if (carried.length === 0) return [];
      for (const delivery of carried) delivery.isUnderWay = true;
      const attempted = await sender.attempt(carried);
      const recorded = await this.recorded(lane, carried, attempted);
      return isSplit(attempted) ? halvesOf(recorded) : [];
    } catch (error) {
      for (const delivery of part) keeper.dropped(delivery);
      throw error;
    }
  }

  private async recorded(lane: Lane, carried: HeldDelivery[], attempted: Attempted): Promise<HeldDelivery[]> {
    const isRecorded = await Promise.all(this.outcomes.record(lane, carried, attempted));
    return carried.filter((_, index) => isRecorded[index]);
  }

  /** Waits for the webhook's rate. @returns false: nothing more is to be sent now */
  private async mayGo(lane: Lane, { isStopped }: BatchSender): Promise<boolean> {
    while (!isStopped() && !lane.isPaused && lane.restsUntil <= performance.now()) {
      if (lane.settings.rateLimitPerSecond === 0) return true;
      if (lane.allowance >= 1) {
        lane.allowance -= 1;
        return true;
      }
      await this.nextAllowance(lane);
    }
    return false;
  }

  private nextAllowance(lane: Lane): Promise<void> {
    return new Promise((resolve) => {
      if (lane.isAskingAllowance) setTimeout(resolve, ALLOWANCE_CHECK_MS);
      else {
        this.rates.allow(lane, (waitMs) => {
          setTimeout(resolve, waitMs);
        });
      }
    });
  }
}
