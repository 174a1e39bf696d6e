/** Reads the final rows of the database. */
import pg from 'pg';

export interface DeliveryRow {
  deliveryId: string;
  eventId: string;
  webhookId: string;
  callbackId: string;
  status: string;
  attempts: number;
  /** Attempts in the log. */
  loggedAttempts: number;
  /** Unix time, milliseconds; null while it is pending. */
  completedAt: number | null;
}

export async function withDatabase<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export async function readDeliveryRows(client: pg.Client): Promise<DeliveryRow[]> {
  const { rows } = await client.query<DeliveryRow>(
    `SELECT l.delivery_id AS "deliveryId", l.event_id AS "eventId", l.webhook_id AS "webhookId",
       l.callback_id AS "callbackId", l.status, l.attempts, coalesce(a.count, 0)::int AS "loggedAttempts",
       (extract(epoch FROM l.completed_at) * 1000)::float8 AS "completedAt"
     FROM delivery_log l LEFT JOIN (SELECT delivery_id, count(*) FROM attempts GROUP BY delivery_id) a USING (delivery_id)`,
  );
  return rows;
}

/** Everything the database knows about an event, one JSON text for each row. */
export async function readEventRows(client: pg.Client, eventId: string): Promise<string[]> {
  const { rows } = await client.query<{ text: string }>(
    `SELECT 'event ' || (to_jsonb(e) - 'payload')::text AS text FROM events e WHERE event_id = $1
     UNION ALL SELECT 'pending ' || to_jsonb(p)::text FROM pending_deliveries p WHERE event_id = $1
     UNION ALL SELECT 'delivery ' || to_jsonb(d)::text FROM deliveries d WHERE event_id = $1
     UNION ALL SELECT 'attempt ' || (to_jsonb(a) - 'request_headers' - 'response_headers' - 'response_body')::text
       FROM attempts a WHERE delivery_id IN (SELECT delivery_id FROM delivery_log WHERE event_id = $1)`,
    [eventId],
  );
  return rows.map((row) => row.text);
}
