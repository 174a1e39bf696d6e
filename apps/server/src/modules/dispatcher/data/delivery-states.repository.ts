/** Changes of a delivery's state that no attempt brings about. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { lowestIdAt } from '../../../platform/database/time-partitions.js';
import { countInto } from '../../webhook-configs/data/webhook-stats.repository.js';
import { insertDeliveries, type PlannedDelivery } from './insert-deliveries.js';
import { withdrawPending, type WithdrawnDelivery } from './settle-pending.js';

/** Rows withdrawn in one commit; short enough to disturb nobody. */
const ROWS_PER_WITHDRAWAL = 1_000;

@Injectable()
export class DeliveryStatesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Adds one delivery, counted as planned unless it is a test send. */
  async insert(delivery: PlannedDelivery, claimableInMs: number): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await insertDeliveries(manager, [delivery], claimableInMs);
      if (delivery.kind !== 'test')
        await countInto(manager, delivery.createdAt, [{ webhookId: delivery.webhookId, planned: 1 }]);
    });
  }

  /**
   * Ends a pending delivery without an attempt; it no longer counts as pending.
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
   * @param which `events` leaves what a person asked for (redeliveries, tests)
   * @returns how many; none: there are no more
   */
  async withdrawFrom(webhookId: string, which: 'all' | 'events', at: Date): Promise<number> {
    const status = which === 'all' ? 'canceled' : 'skipped';
    const kinds = which === 'all' ? '' : ` AND kind = 'event'`;
    let count = 0;
    // Each half has an index that begins with the webhook.
    for (const half of ['conversation_id IS NULL', 'conversation_id IS NOT NULL']) {
      const condition = `webhook_id = $1 AND ${half}${kinds}`;
      count += (await this.withdraw(condition, webhookId, status, at)).length;
    }
    return count;
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
    return this.dataSource.transaction(async (manager) => {
      const withdrawn = await withdrawPending(manager, condition, parameter, status, at, ROWS_PER_WITHDRAWAL);
      const counts = new Map<string, number>();
      for (const { webhookId, kind } of withdrawn) {
        if (kind !== 'test') counts.set(webhookId, (counts.get(webhookId) ?? 0) + 1);
      }
      await countInto(
        manager,
        at,
        [...counts].map(([webhookId, canceled]) => ({ webhookId, canceled })),
      );
      return withdrawn;
    });
  }
}
