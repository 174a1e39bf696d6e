/** Has the outcomes of requests recorded, and what became of the deliveries followed up. */
import { Injectable } from '@nestjs/common';
import { Logger } from '../../platform/logging/logger.js';
import type { Attempted, AttemptedDelivery } from './attempt-delivery.service.js';
import { LEASE_MS } from './keep-leases.service.js';
import type { HeldDelivery } from './lanes/held-delivery.js';
import type { Lane } from './lanes/lane.js';
import type { LaneKeeper } from './lanes/lane-keeper.js';
import { RecordAttemptService } from './record-attempt.service.js';

@Injectable()
export class RecordOutcomesService {
  /** Outcomes that wait to be recorded. */
  unrecorded = 0;
  private keeper!: LaneKeeper;
  private whenRecorded!: () => void;

  constructor(
    private readonly records: RecordAttemptService,
    private readonly logger: Logger,
  ) {}

  /** @param whenRecorded called after each: there may be room for more */
  start(keeper: LaneKeeper, whenRecorded: () => void): void {
    this.keeper = keeper;
    this.whenRecorded = whenRecorded;
  }

  /** @returns of each delivery, whether it is still pending, once its attempt is recorded */
  record(lane: Lane, deliveries: HeldDelivery[], attempted: Attempted): Promise<boolean>[] {
    const endedAt = performance.now();
    return deliveries.map((delivery, index) => {
      const each = attempted.deliveries[index];
      if (!each) return Promise.resolve(false);
      const holdMs = this.holdMsAfter(lane, each);
      this.unrecorded += 1;
      return this.records
        .record(attempted, each, holdMs)
        .then(
          (result) => {
            this.keeper.recorded(lane, delivery, { attempted: each, result, endedAt, holdMs });
            return result.isPending;
          },
          (error: unknown) => {
            this.logger.error('delivery.not_recorded', error, { deliveryId: delivery.deliveryId });
            this.keeper.dropped(delivery);
            return false;
          },
        )
        .finally(() => {
          this.unrecorded -= 1;
          this.whenRecorded();
        });
    });
  }

  private holdMsAfter(lane: Lane, { verdict }: AttemptedDelivery): number {
    if (verdict.kind === 'split') return LEASE_MS;
    return verdict.kind === 'retry' ? this.keeper.holdMsFor(lane, verdict.delayMs) : 0;
  }
}
