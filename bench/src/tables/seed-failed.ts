/** Inserts deliveries of one webhook that failed in the last minutes. */
import pg from 'pg';
import { CALLBACK_ID, ID_AT } from './made-ids.js';

export interface FailedPlan {
  databaseUrl: string;
  webhookId: string;
  count: number;
  /** Of the first one's event; the others follow. */
  firstSequence: number;
}

const SEED = `
  WITH numbered AS MATERIALIZED (
    SELECT n, now() - interval '5 minutes' + n * interval '1 millisecond' AS at FROM generate_series(0, $2::int - 1) AS n
  ), identified AS MATERIALIZED (
    SELECT n, at, pg_temp.id_at(at) AS event_id, pg_temp.id_at(at) AS delivery_id FROM numbered
  ), stored AS (
    INSERT INTO events (event_id, app_id, event, occurred_at, received_at, conversation_id, message_id, payload)
    SELECT event_id, app_id, 'message.sent', at, at, 'c-' || n % 1000, 'm-' || n,
      '{"sequence":' || $3::int + n || ',"text":"' || repeat('x', 560) || '"}'
    FROM identified CROSS JOIN webhook_configs WHERE webhook_id = $1
  )
  INSERT INTO deliveries (delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, status, attempts,
    max_attempts, response_status, error_class, duration_ms, created_at, completed_at)
  SELECT delivery_id, ${CALLBACK_ID}, event_id, webhook_id, app_id, 'message.sent', 'event', 'failed', 1, 1, 500, 'server_error', 2, at, at
  FROM identified CROSS JOIN webhook_configs
  WHERE webhook_id = $1`;

export async function seedFailed({
  databaseUrl,
  webhookId,
  count,
  firstSequence,
}: FailedPlan): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(ID_AT);
    await client.query(SEED, [webhookId, count, firstSequence]);
    await client.query('ANALYZE events; ANALYZE deliveries');
  } finally {
    await client.end();
  }
}

export interface Redeliveries {
  /** How many there are, and of how many originals. */
  made: number;
  originals: number;
}

export async function countRedeliveries(databaseUrl: string): Promise<Redeliveries> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<Redeliveries>(
      `SELECT count(*)::int AS made, count(DISTINCT original_delivery_id)::int AS originals
       FROM delivery_log WHERE kind = 'redelivery'`,
    );
    return rows[0] ?? { made: 0, originals: 0 };
  } finally {
    await client.end();
  }
}
