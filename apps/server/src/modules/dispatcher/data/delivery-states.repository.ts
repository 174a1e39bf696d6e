/** Changes of a delivery's state that no attempt brings about. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
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
    const condition = which === 'all' ? 'webhook_id = $1' : `webhook_id = $1 AND kind = 'event'`;
    const status = which === 'all' ? 'canceled' : 'skipped';
    return (await this.withdraw(condition, webhookId, status, at)).length;
  }

  private withdraw(
    condition: string,
    parameter: string,
    status: 'canceled' | 'skipped',
    at: Date,
  ): Promise<WithdrawnDelivery[]> {
    return this.dataSource.transaction(async (manager) => {
      const withdrawn = await withdrawPending(manager, condition, parameter, status, at, ROWS_PER_WITHDRAWAL);
      const counted = withdrawn.filter((row) => row.kind !== 'test');
      const [first] = counted;
      if (first) await countInto(manager, at, [{ webhookId: first.webhookId, canceled: counted.length }]);
      return withdrawn;
    });
  }
}
