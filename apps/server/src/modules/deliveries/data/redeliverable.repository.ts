/** Reads which deliveries of an app can go out again, each callback once. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

export interface RedeliverableRow {
  deliveryId: string;
  callbackId: string;
  eventId: string;
  webhookId: string;
  event: string;
  originalDeliveryId: string | null;
  /** Attempts the webhook's policy allows now. */
  policyMaxAttempts: number;
}

/** Nothing of a callback that waits already, without its payload, of a deleted webhook, or of a question. */
const REDELIVERABLE = `
  SELECT DISTINCT ON (d.callback_id) d.delivery_id AS "deliveryId", d.callback_id AS "callbackId",
    d.event_id AS "eventId", d.webhook_id AS "webhookId", d.event, d.original_delivery_id AS "originalDeliveryId",
    (w.retry_policy->>'maxAttempts')::int AS "policyMaxAttempts"
  FROM deliveries d JOIN webhook_configs w USING (webhook_id)
  WHERE d.delivery_id = ANY($2::uuid[]) AND d.app_id = $1 AND d.kind <> 'before' AND w.deleted_at IS NULL
    AND EXISTS (SELECT FROM events e WHERE e.event_id = d.event_id)
    AND NOT EXISTS (SELECT FROM pending_deliveries p WHERE p.event_id = d.event_id AND p.webhook_id = d.webhook_id)
  ORDER BY d.callback_id, d.delivery_id`;

@Injectable()
export class RedeliverableRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** In the order of their events. */
  async among(appId: string, deliveryIds: readonly string[]): Promise<RedeliverableRow[]> {
    const rows = await this.dataSource.query<RedeliverableRow[]>(REDELIVERABLE, [appId, deliveryIds]);
    return rows.toSorted((a, b) => (a.eventId < b.eventId ? -1 : 1));
  }
}
