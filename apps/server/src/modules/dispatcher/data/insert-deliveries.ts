import type { DeliveryKind } from '@im/contracts/api/deliveries';
import type { EntityManager } from 'typeorm';

/** A delivery before its first attempt. */
export interface PlannedDelivery {
  deliveryId: string;
  callbackId: string;
  eventId: string;
  webhookId: string;
  appId: string;
  event: string;
  kind: DeliveryKind;
  /** `skipped`: the webhook was disabled when the event came. */
  status: 'pending' | 'skipped';
  maxAttempts: number;
  createdAt: Date;
  /** When the first attempt is due. */
  dueAt: Date;
  originalDeliveryId: string | null;
}

/** Writes planned deliveries inside the caller's transaction, in one statement. */
export async function insertDeliveries(manager: EntityManager, planned: PlannedDelivery[]): Promise<void> {
  if (planned.length === 0) return;
  await manager.query(
    `INSERT INTO deliveries (delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, status, max_attempts,
       next_attempt_at, created_at, completed_at, original_delivery_id)
     SELECT delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, status, max_attempts,
       CASE WHEN status = 'pending' THEN due_at END, created_at, CASE WHEN status <> 'pending' THEN created_at END,
       original_delivery_id
     FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[],
       $9::smallint[], $10::timestamptz[], $11::timestamptz[], $12::uuid[])
       AS t(delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, status, max_attempts, due_at,
         created_at, original_delivery_id)`,
    [
      planned.map((row) => row.deliveryId),
      planned.map((row) => row.callbackId),
      planned.map((row) => row.eventId),
      planned.map((row) => row.webhookId),
      planned.map((row) => row.appId),
      planned.map((row) => row.event),
      planned.map((row) => row.kind),
      planned.map((row) => row.status),
      planned.map((row) => row.maxAttempts),
      planned.map((row) => row.dueAt.toISOString()),
      planned.map((row) => row.createdAt.toISOString()),
      planned.map((row) => row.originalDeliveryId),
    ],
  );
}
