/** Reads events in full, and their deliveries. */
import { Injectable } from '@nestjs/common';
import type { DeliveryKind, DeliveryStatus, ErrorClass } from '@im/contracts/api/deliveries';
import { DataSource } from 'typeorm';
import { RECEIVED_FROM_COLUMNS } from '../../delivery-store/data/received-from-sql.js';
import type { ReceivedFromRow } from '../../delivery-store/domain/received-from.js';
import { EVENT_COLUMNS, type EventRow } from './search-events.repository.js';

export interface FullEventRow extends EventRow, ReceivedFromRow {
  /** Raw JSON. */
  payload: string;
}

export interface EventDeliveryRow {
  webhookId: string;
  webhookName: string;
  deliveryId: string;
  kind: DeliveryKind;
  status: DeliveryStatus;
  attempts: number;
  nextAttemptAt: Date | null;
  responseStatus: number | null;
  errorClass: ErrorClass | null;
  createdAt: Date;
  completedAt: Date | null;
  deliveries: number;
}

@Injectable()
export class EventLogRepository {
  constructor(private readonly dataSource: DataSource) {}

  async find(appId: string, eventId: string): Promise<FullEventRow | undefined> {
    const rows = await this.dataSource.query<FullEventRow[]>(
      `SELECT ${EVENT_COLUMNS}, ${RECEIVED_FROM_COLUMNS}, e.payload
       FROM events e WHERE e.event_id = $1 AND e.app_id = $2`,
      [eventId, appId],
    );
    return rows[0];
  }

  /**
   * @param mostBytes the newest are taken up to this total, including the one that exceeds it
   * @returns payloads by event id; an event that was removed meanwhile has none
   */
  async payloadsOf(eventIds: readonly string[], mostBytes: number): Promise<Map<string, string>> {
    const rows = await this.dataSource.query<{ eventId: string; payload: string }[]>(
      `SELECT event_id AS "eventId", payload FROM (
         SELECT event_id, payload, octet_length(payload) AS bytes,
                sum(octet_length(payload)) OVER (ORDER BY event_id DESC) AS total
         FROM events WHERE event_id = ANY($1::uuid[])) e
       WHERE total - bytes < $2`,
      [eventIds, mostBytes],
    );
    return new Map(rows.map(({ eventId, payload }) => [eventId, payload]));
  }

  /** The newest delivery to each webhook. No delivery is older than its event: earlier days are skipped. */
  deliveriesOf(appId: string, eventId: string): Promise<EventDeliveryRow[]> {
    return this.dataSource.query<EventDeliveryRow[]>(
      `SELECT DISTINCT ON (d.webhook_id)
              d.webhook_id AS "webhookId", w.name AS "webhookName", d.delivery_id AS "deliveryId", d.kind, d.status,
              d.attempts, d.next_attempt_at AS "nextAttemptAt", d.response_status AS "responseStatus",
              d.error_class AS "errorClass", d.created_at AS "createdAt", d.completed_at AS "completedAt",
              count(*) OVER (PARTITION BY d.webhook_id)::int AS deliveries
       FROM delivery_log d JOIN webhook_configs w USING (webhook_id)
       WHERE d.event_id = $1 AND d.delivery_id > $1 AND d.app_id = $2
       ORDER BY d.webhook_id, d.delivery_id DESC`,
      [eventId, appId],
    );
  }
}
