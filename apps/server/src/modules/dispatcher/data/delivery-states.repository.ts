/** Changes of a delivery's state that no attempt brings about. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { lowestIdAt } from '../../../platform/database/time-partitions.js';
import { insertDeliveries, type PlannedDelivery } from './insert-deliveries.js';
import { withdrawPending, type WithdrawnDelivery } from './settle-pending.js';

/** Rows withdrawn in one commit; short enough to disturb nobody. */
const ROWS_PER_WITHDRAWAL = 1_000;

@Injectable()
export class DeliveryStatesRepository {
  constructor(private readonly dataSource: DataSource) {}

  async insert(delivery: PlannedDelivery, claimableInMs: number): Promise<void> {
    await insertDeliveries(this.dataSource, [delivery], claimableInMs);
  }

  /**
   * Ends a pending delivery without an attempt.
   *
   * @returns undefined when it was not pending any more
   */
  async cancel(deliveryId: string, at: Date): Promise<WithdrawnDelivery | undefined> {
    const [withdrawn] = await this.withdraw('delivery_id = $1', deliveryId, 'canceled', at);
    return withdrawn;
  }

  /**
   * Ends some of what waits for a webhook that was deleted or disabled.
   *
   * @param which `events` leaves what a person asked for (redeliveries, tests, replays)
   * @returns how many; none: there are no more
   */
  async withdrawFrom(webhookId: string, which: 'all' | 'events', at: Date): Promise<number> {
    const status = which === 'all' ? 'canceled' : 'skipped';
    const kinds = which === 'all' ? '' : ` AND kind = 'event'`;
    let count = 0;
    // Each half has an index that begins with the webhook. Replays are ended with their recovery.
    for (const half of ['conversation_id IS NULL', 'conversation_id IS NOT NULL']) {
      const condition = `webhook_id = $1 AND recovery_id IS NULL AND ${half}${kinds}`;
      count += (await this.withdraw(condition, webhookId, status, at)).length;
    }
    return count;
  }

  /** Ends some of what waits of a recovery that has ended. @returns how many; none: there are no more */
  async withdrawReplays(recoveryId: string, at: Date): Promise<number> {
    return (await this.withdraw('recovery_id = $1', recoveryId, 'canceled', at)).length;
  }

  /** Ends what waits although its event is no longer kept. @param beforeMs only events older than this are looked for */
  async cancelWithoutEvent(beforeMs: number, at: Date): Promise<void> {
    const hasNoEvent = `event_id < $1 AND NOT EXISTS
      (SELECT 1 FROM events e WHERE e.event_id = pending_deliveries.event_id)`;
    const before = lowestIdAt(beforeMs);
    while ((await this.withdraw(hasNoEvent, before, 'canceled', at)).length === ROWS_PER_WITHDRAWAL);
  }

  private withdraw(
    condition: string,
    parameter: string,
    status: 'canceled' | 'skipped',
    at: Date,
  ): Promise<WithdrawnDelivery[]> {
    return withdrawPending(this.dataSource, condition, parameter, status, at, ROWS_PER_WITHDRAWAL);
  }
}
