/** Inserts deliveries of one webhook that failed in the last minutes. */
import pg from 'pg';

export interface FailedPlan {
  databaseUrl: string;
  webhookId: string;
  count: number;
  /** Of the first one's event; the others follow. */
  firstSequence: number;
}

/** An event's id is a UUIDv7 (RFC 9562); the callback's is computed from event and webhook as the service does. */
const SEED = `
  WITH numbered AS MATERIALIZED (
    SELECT n, now() - interval '5 minutes' + n * interval '1 millisecond' AS at FROM generate_series(0, $2::int - 1) AS n
  ), identified AS MATERIALIZED (
    SELECT n, at, id_at(at) AS event_id, id_at(at) AS delivery_id FROM numbered
  ), stored AS (
    INSERT INTO events (event_id, app_id, event, occurred_at, received_at, conversation_id, message_id, payload)
    SELECT event_id, app_id, 'message.sent', at, at, 'c-' || n % 1000, 'm-' || n,
      '{"sequence":' || $3::int + n || ',"text":"' || repeat('x', 560) || '"}'
    FROM identified CROSS JOIN webhook_configs WHERE webhook_id = $1
  )
  INSERT INTO deliveries (delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, status, attempts,
    max_attempts, response_status, error_class, duration_ms, created_at, completed_at)
  SELECT delivery_id, encode(set_byte(set_byte(named, 6, get_byte(named, 6) & 15 | 128), 8, get_byte(named, 8) & 63 | 128), 'hex')::uuid,
    event_id, webhook_id, app_id, 'message.sent', 'event', 'failed', 1, 1, 500, 'server_error', 2, at, at
  FROM identified CROSS JOIN webhook_configs CROSS JOIN LATERAL (
    SELECT substring(uuid_send(event_id) FOR 6) || substring(sha256(uuid_send(event_id) || uuid_send(webhook_id)) FROM 7 FOR 10)
      AS named) AS callback
  WHERE webhook_id = $1`;

const ID_AT = `
  CREATE FUNCTION pg_temp.id_at(at timestamptz) RETURNS uuid LANGUAGE sql VOLATILE AS $$
    SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7'
      || substr(md5(random()::text || clock_timestamp()::text), 1, 3) || '8' || substr(md5(random()::text), 1, 15))::uuid $$`;

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
    await client.query(SEED.replaceAll('id_at(', 'pg_temp.id_at('), [webhookId, count, firstSequence]);
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
