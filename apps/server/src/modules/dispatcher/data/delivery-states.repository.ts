/** Changes of a delivery's state that no attempt brings about, and what the sweeper looks for. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { countInto } from '../../webhook-configs/data/webhook-stats.repository.js';
import { insertDeliveries, type PlannedDelivery } from './insert-deliveries.js';

export interface OverdueDelivery {
  deliveryId: string;
  attempts: number;
  nextAttemptAt: Date;
}

export interface SweepCursor {
  nextAttemptAt: Date;
  deliveryId: string;
}

const START: SweepCursor = { nextAttemptAt: new Date(0), deliveryId: '00000000-0000-0000-0000-000000000000' };

@Injectable()
export class DeliveryStatesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Adds one delivery, counted as planned unless it is a test send. */
  async insert(delivery: PlannedDelivery): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await insertDeliveries(manager, [delivery]);
      if (delivery.kind !== 'test')
        await countInto(manager, delivery.createdAt, [{ webhookId: delivery.webhookId, planned: 1 }]);
    });
  }

  /**
   * Ends a pending delivery without an attempt; either way it no longer counts as pending.
   *
   * @returns false when it was not pending any more
   */
  async withdraw(deliveryId: string, status: 'canceled' | 'skipped', at: Date): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const [row] = await manager.query<{ webhookId: string; kind: string }[]>(
        `WITH withdrawn AS (
           UPDATE deliveries SET status = $2, next_attempt_at = NULL, completed_at = $3
           WHERE delivery_id = $1 AND status = 'pending' RETURNING webhook_id, kind
         ) SELECT webhook_id AS "webhookId", kind FROM withdrawn`,
        [deliveryId, status, at],
      );
      if (row && row.kind !== 'test')
        await countInto(manager, at, [{ webhookId: row.webhookId, canceled: 1 }]);
      return row !== undefined;
    });
  }

  /** Pending deliveries due before the instant, oldest first, after the cursor. */
  overdue(before: Date, limit: number, after: SweepCursor | null): Promise<OverdueDelivery[]> {
    const { nextAttemptAt, deliveryId } = after ?? START;
    return this.dataSource.query<OverdueDelivery[]>(
      `SELECT delivery_id AS "deliveryId", attempts, next_attempt_at AS "nextAttemptAt"
       FROM deliveries WHERE status = 'pending' AND next_attempt_at < $1 AND (next_attempt_at, delivery_id) > ($2, $3)
       ORDER BY next_attempt_at, delivery_id LIMIT $4`,
      [before, nextAttemptAt, deliveryId, limit],
    );
  }
}
