/** Inserts events and deliveries of the past, for recoveries. */
import { v7 as uuidV7 } from 'uuid';
import { callbackIdOf } from '../modules/delivery-store/domain/callback-id.js';
import type { TestDatabase } from './test-database.js';

const MINUTE_MS = 60_000;

export interface Past {
  webhookId: string;
  count: number;
  /** `missing`: there is an event and no delivery. */
  status: 'failed' | 'skipped' | 'success' | 'missing';
  event?: string;
  /** When the first one came; the others follow a millisecond apart each. Absent: a minute ago. */
  fromMs?: number;
  /** Of the nth event. */
  conversationOf?: (n: number) => string | null;
}

export interface PastDelivery {
  eventId: string;
  deliveryId: string;
  callbackId: string;
}

/** @returns them in the order in which they came */
export async function addPast(
  database: Pick<TestDatabase, 'query'>,
  { webhookId, count, status, event = 'friend.deleted', ...past }: Past,
): Promise<PastDelivery[]> {
  const { fromMs = Date.now() - MINUTE_MS, conversationOf = () => null } = past;
  const rows = Array.from({ length: count }, (_, n) => {
    const eventId = uuidV7({ msecs: fromMs + n });
    const deliveryId = uuidV7({ msecs: fromMs + n });
    return { eventId, deliveryId, callbackId: callbackIdOf(eventId, webhookId), at: new Date(fromMs + n), n };
  });
  const eventIds = rows.map(({ eventId }) => eventId);
  const instants = rows.map(({ at }) => at.toISOString());
  await database.query(
    `INSERT INTO events (event_id, app_id, event, occurred_at, received_at, conversation_id, payload)
     SELECT t.event_id, w.app_id, $3, t.at, t.at, t.conversation_id, '{"ownerId":"u1","friendId":"' || t.n || '"}'
     FROM unnest($2::uuid[], $4::timestamptz[], $5::text[], $6::int[]) AS t(event_id, at, conversation_id, n)
     JOIN webhook_configs w ON w.webhook_id = $1`,
    [webhookId, eventIds, event, instants, rows.map(({ n }) => conversationOf(n)), rows.map(({ n }) => n)],
  );
  if (status !== 'missing') await addDeliveriesOf(database, webhookId, rows, status);
  return rows;
}

/** A delivery that has ended for each of the events, under the ids given. */
export async function addDeliveriesOf(
  database: Pick<TestDatabase, 'query'>,
  webhookId: string,
  deliveries: readonly PastDelivery[],
  status: string,
): Promise<void> {
  await database.query(
    `INSERT INTO deliveries (delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, status, attempts,
       max_attempts, created_at, completed_at)
     SELECT t.delivery_id, t.callback_id, t.event_id, $1, e.app_id, e.event, 'event', $5, 1, 1, e.received_at, e.received_at
     FROM unnest($2::uuid[], $3::uuid[], $4::uuid[]) AS t(event_id, delivery_id, callback_id)
     JOIN events e USING (event_id)`,
    [
      webhookId,
      deliveries.map(({ eventId }) => eventId),
      deliveries.map(({ deliveryId }) => deliveryId),
      deliveries.map(({ callbackId }) => callbackId),
      status,
    ],
  );
}
