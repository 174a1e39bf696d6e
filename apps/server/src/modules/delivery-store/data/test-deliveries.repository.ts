import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { insertDeliveries, type PlannedDelivery } from './insert-deliveries.js';

interface TestEvent {
  eventId: string;
  appId: string;
  event: string;
  occurredAt: Date;
  payload: string;
}

@Injectable()
export class TestDeliveriesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** A test's event is stored with its one delivery, so that the log shows it like any other. */
  async insert(event: TestEvent, delivery: PlannedDelivery, claimableInMs: number): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.query(
        `INSERT INTO events (event_id, app_id, event, occurred_at, received_at, payload, received_from)
         VALUES ($1, $2, $3, $4, $4, $5, 'test')`,
        [event.eventId, event.appId, event.event, event.occurredAt, event.payload],
      );
      await insertDeliveries(manager, [delivery], claimableInMs);
    });
  }

  /** Removes a test that was never sent. */
  async remove({ deliveryId, eventId }: Pick<PlannedDelivery, 'deliveryId' | 'eventId'>): Promise<void> {
    await this.dataSource.query(
      `WITH removed AS (
         DELETE FROM pending_deliveries WHERE delivery_id = $1 AND kind = 'test' AND attempts = 0 RETURNING event_id
       ) DELETE FROM events e USING removed r WHERE e.event_id = r.event_id AND e.event_id = $2`,
      [deliveryId, eventId],
    );
  }
}
