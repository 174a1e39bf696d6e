/** Changes the state of deliveries without an attempt. */
import { Injectable } from '@nestjs/common';
import type { CancelReason } from '@im/contracts/api/deliveries';
import { DataSource } from 'typeorm';
import { lowestIdAt } from '../../../platform/database/time-partitions.js';
import { insertDeliveries, type PlannedDelivery } from './insert-deliveries.js';
import { cancelPending, type CanceledDelivery } from './cancel-pending.js';

/** Rows canceled in one commit, so that no commit takes long. */
const ROWS_PER_COMMIT = 1_000;

@Injectable()
export class DeliveryStatesRepository {
  constructor(private readonly dataSource: DataSource) {}

  async insert(delivery: PlannedDelivery, claimableInMs: number): Promise<void> {
    await insertDeliveries(this.dataSource, [delivery], claimableInMs);
  }

  /**
   * Ends a pending delivery without an attempt.
   *
   * @returns undefined when it was no longer pending
   */
  async cancel(deliveryId: string, at: Date): Promise<CanceledDelivery | undefined> {
    const [canceled] = await this.cancelWhere('delivery_id = $1', deliveryId, 'by_person', at);
    return canceled;
  }

  /** Cancels some of what waits for a deleted webhook. @returns how many; 0: there are no more */
  async cancelOfDeleted(webhookId: string, at: Date): Promise<number> {
    let count = 0;
    // Each half has an index that begins with the webhook. Replays are ended with their recovery.
    for (const half of ['conversation_id IS NULL', 'conversation_id IS NOT NULL']) {
      const condition = `webhook_id = $1 AND recovery_id IS NULL AND ${half}`;
      count += (await this.cancelWhere(condition, webhookId, 'webhook_deleted', at)).length;
    }
    return count;
  }

  /** Cancels some of what waits of an ended recovery. @returns how many; 0: there are no more */
  async cancelReplays(recoveryId: string, at: Date): Promise<number> {
    return (await this.cancelWhere('recovery_id = $1', recoveryId, 'recovery_ended', at)).length;
  }

  /**
   * Ends what waited, because of a pause or a disabled webhook, for longer than payloads are kept.
   *
   * @param beforeMs of events older than this
   * @param appId null: of every app
   */
  async cancelHeldTooLong(beforeMs: number, appId: string | null, at: Date): Promise<void> {
    const ofApp = appId === null ? '' : ' AND app_id = ($1::uuid[])[2]';
    const isHeldTooLong = `event_id < ($1::uuid[])[1]${ofApp} AND webhook_id IN (
      SELECT webhook_id FROM webhook_configs WHERE NOT is_enabled OR paused_since IS NOT NULL)`;
    const parameter = [lowestIdAt(beforeMs), ...(appId === null ? [] : [appId])];
    while ((await this.cancelWhere(isHeldTooLong, parameter, 'retention', at)).length === ROWS_PER_COMMIT);
  }

  /** Ends what waits although its event is no longer kept. @param beforeMs only events older than this are checked */
  async cancelWithoutEvent(beforeMs: number, at: Date): Promise<void> {
    const hasNoEvent = `event_id < $1 AND NOT EXISTS
      (SELECT 1 FROM events e WHERE e.event_id = pending_deliveries.event_id)`;
    const before = lowestIdAt(beforeMs);
    while ((await this.cancelWhere(hasNoEvent, before, 'retention', at)).length === ROWS_PER_COMMIT);
  }

  private cancelWhere(
    condition: string,
    parameter: unknown,
    reason: CancelReason,
    at: Date,
  ): Promise<CanceledDelivery[]> {
    return cancelPending(this.dataSource, condition, parameter, reason, at, ROWS_PER_COMMIT);
  }
}
