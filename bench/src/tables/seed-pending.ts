/**
 * Writes events with pending deliveries of one webhook into the tables, as they are left behind when a service stops:
 * due, not claimed, counted.
 */
import pg from 'pg';
import { sampleData } from '../load/sample-event.js';
import { CALLBACK_ID, ID_AT } from './made-ids.js';
import { createPartitions } from './partitioned-tables.js';

export interface PendingPlan {
  databaseUrl: string;
  webhookId: string;
  count: number;
  /** Of the first one's event; the others follow. */
  firstSequence: number;
  maxAttempts: number;
  onProgress: (share: number) => void;
}

const ROWS_IN_A_STATEMENT = 50_000;
/** They came evenly in the last minutes. */
const SPAN_MS = 600_000;

/** Parameters: webhook; number of the first, of the last, of all; attempts; first sequence; payload of sequence 0; from when. */
const SEED = `
  WITH numbered AS MATERIALIZED (
    SELECT n, $8::timestamptz + n * (${String(SPAN_MS)} * interval '1 millisecond' / $4::int) AS at
    FROM generate_series($2::int, $3::int) AS n
  ), identified AS MATERIALIZED (
    SELECT n, at, pg_temp.id_at(at) AS event_id, pg_temp.id_at(at) AS delivery_id, app_id, webhook_id
    FROM numbered CROSS JOIN webhook_configs WHERE webhook_id = $1
  ), stored AS (
    INSERT INTO events (event_id, app_id, event, occurred_at, received_at, conversation_id, message_id, payload)
    SELECT event_id, app_id, 'message.sent', at, at, 'c-' || n % 1000, 'm-' || n,
      replace($7::text, '"sequence":0', '"sequence":' || $6::int + n)
    FROM identified
  ), users AS (
    INSERT INTO event_users (app_id, user_id, event_id)
    SELECT app_id, user_id, event_id FROM identified CROSS JOIN (VALUES ('u10086'), ('u10010')) AS u(user_id)
  ), counted AS (
    INSERT INTO count_deltas (webhook_id, event, bucket_at, total, due)
    SELECT webhook_id, 'message.sent', quarter_of(delivery_id), count(*), count(*) FROM identified GROUP BY 1, 3
  )
  INSERT INTO pending_deliveries (delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, max_attempts,
    next_attempt_at, claimable_at, created_at)
  SELECT delivery_id, ${CALLBACK_ID}, event_id, webhook_id, app_id, 'message.sent', 'event', $5::int, at, at, at
  FROM identified`;

/** No process of the service may run meanwhile: it would begin to deliver. */
export async function seedPending(plan: PendingPlan): Promise<void> {
  const { databaseUrl, webhookId, count, firstSequence, maxAttempts, onProgress } = plan;
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const fromMs = Date.now() - SPAN_MS;
    await createPartitions(client, fromMs);
    await client.query(`${ID_AT}; SET synchronous_commit = off`);
    for (let from = 0; from < count; from += ROWS_IN_A_STATEMENT) {
      const last = Math.min(from + ROWS_IN_A_STATEMENT, count) - 1;
      await client.query(SEED, [
        ...[webhookId, from, last, count, maxAttempts, firstSequence],
        sampleData(0, 1),
        new Date(fromMs),
      ]);
      onProgress((last + 1) / count);
    }
    // As after autovacuum, which runs many times while a million rows come.
    await client.query('VACUUM (ANALYZE)');
  } finally {
    await client.end();
  }
}

/** How many still wait. */
export async function countPending(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM pending_deliveries',
    );
    return rows[0]?.count ?? 0;
  } finally {
    await client.end();
  }
}
