/** Brings the next attempts of waiting deliveries forward: all of a webhook's, or one that a person asks for. */
import { MAX_ATTEMPTS_LIMIT, type RetryPolicy } from '@im/contracts/api/retry-presets';
import type { DataSource, EntityManager } from 'typeorm';
import { NIL } from 'uuid';
import { PreparedQuery } from '../../../platform/database/prepared-query.js';
import { retryTransient } from '../../../platform/database/retry-transient.js';
import { retryDelayMs } from '../domain/retry-delay.js';

type Manager = DataSource | EntityManager;

const KEEP_TRYING_MS = 10_000;
/** Rows changed in one commit. */
const ROWS_PER_STATEMENT = 1_000;
/** Deliveries ahead in the conversation that are brought forward too, the first ones of more. */
const MAX_EARLIER = 1_000;

/**
 * SQL: `p` is due later. Workers prefetch what is due within two seconds; a worker that has a later one in memory has
 * not started it, and loses it by the claim number.
 */
const IS_FAR_AHEAD = `p.next_attempt_at > now() + interval '2 seconds'`;

/**
 * Changes a page of a webhook's deliveries.
 *
 * $1 webhook, $2 the last delivery of the page before, $3 rows at most, $4 milliseconds to wait after attempt 1, 2, …;
 * null: not at all, $5 attempts allowed, though always one more than there were; null: as many as before. Attempts that
 * were refused batches, which were split, do not count.
 */
const BRING_FORWARD = new PreparedQuery<{ lastId: string | null; count: number }>(
  `WITH page AS (
     SELECT delivery_id, attempts, attempts - splits AS counted, splits, max_attempts, ${IS_FAR_AHEAD} AS is_far_ahead,
       next_attempt_at FROM pending_deliveries p
     WHERE webhook_id = $1 AND delivery_id > $2 AND kind <> 'test' ORDER BY delivery_id LIMIT $3 FOR UPDATE
   ), planned AS (
     SELECT page.*, coalesce(greatest($5::smallint + page.splits, page.attempts + 1), max_attempts) AS allowed,
       CASE WHEN $4::float8[] IS NULL OR page.counted = 0 THEN now() ELSE greatest(now(),
         coalesce(a.started_at + a.duration_ms * interval '1 millisecond', now())
           + ($4::float8[])[least(page.counted, cardinality($4::float8[]))] * interval '1 millisecond') END AS due_at
     FROM page LEFT JOIN attempts a ON a.delivery_id = page.delivery_id AND a.attempt = page.attempts
   ), changed AS (
     SELECT *, is_far_ahead AND due_at < next_attempt_at AS is_sooner FROM planned
   ), moved AS (
     UPDATE pending_deliveries p SET max_attempts = allowed,
       next_attempt_at = CASE WHEN is_sooner THEN due_at ELSE p.next_attempt_at END,
       claimable_at = CASE WHEN is_sooner THEN due_at ELSE p.claimable_at END,
       claim_number = p.claim_number + is_sooner::integer
     FROM changed c WHERE p.delivery_id = c.delivery_id AND (is_sooner OR allowed <> c.max_attempts)
   ) SELECT (array_agg(delivery_id ORDER BY delivery_id DESC))[1] AS "lastId", count(*)::int AS count FROM page`,
);

/** Replays only while their recovery runs. */
const SEND_NOW = new PreparedQuery<{ id: string }>(
  `WITH asked AS (
     SELECT delivery_id, webhook_id, conversation_id, accepted_seq, recovery_id FROM pending_deliveries p
     WHERE delivery_id = $1 AND (recovery_id IS NULL OR EXISTS (
       SELECT FROM recoveries r WHERE r.recovery_id = p.recovery_id AND r.state = 'running'))
   ), chosen AS (
     SELECT delivery_id FROM asked
     UNION ALL
     (SELECT earlier.delivery_id FROM asked JOIN pending_deliveries earlier
        ON earlier.webhook_id = asked.webhook_id AND earlier.conversation_id = asked.conversation_id
          AND earlier.accepted_seq < asked.accepted_seq AND earlier.recovery_id IS NOT DISTINCT FROM asked.recovery_id
      ORDER BY earlier.accepted_seq LIMIT ${String(MAX_EARLIER)})
   ), locked AS (
     SELECT delivery_id, ${IS_FAR_AHEAD} AS is_far_ahead FROM pending_deliveries p
     WHERE delivery_id IN (SELECT delivery_id FROM chosen) ORDER BY delivery_id FOR UPDATE
   ) UPDATE pending_deliveries p SET passes_holds = true,
       next_attempt_at = CASE WHEN is_far_ahead THEN now() ELSE p.next_attempt_at END,
       claimable_at = CASE WHEN is_far_ahead THEN now() ELSE p.claimable_at END,
       claim_number = p.claim_number + is_far_ahead::integer
     FROM locked WHERE p.delivery_id = locked.delivery_id
     RETURNING p.delivery_id AS id`,
);

/** Makes everything that waits for a webhook due now, page by page. */
export function bringAllForward(manager: Manager, webhookId: string): Promise<void> {
  return bringForward(manager, webhookId, null, null);
}

/** Applies a policy to what waits for a webhook: attempts only move forward; exhausted ones get one more. */
export function followPolicy(manager: Manager, webhookId: string, policy: RetryPolicy): Promise<void> {
  // No jitter: here it would only delay deliveries.
  const plain = { ...policy, jitter: false };
  const delaysMs = Array.from({ length: MAX_ATTEMPTS_LIMIT }, (_, index) =>
    retryDelayMs(plain, index + 1, () => 0),
  );
  return bringForward(manager, webhookId, delaysMs, policy.maxAttempts);
}

/**
 * Sends one delivery now, past a pause or an open breaker, after those ahead of it in its conversation.
 *
 * @returns false when it is not waiting, or its recovery is not running
 */
export async function bringOneForward(manager: Manager, deliveryId: string): Promise<boolean> {
  const rows = await retryTransient(() => SEND_NOW.run(manager, [deliveryId]), KEEP_TRYING_MS);
  return rows.some(({ id }) => id === deliveryId);
}

async function bringForward(
  manager: Manager,
  webhookId: string,
  delaysMs: number[] | null,
  maxAttempts: number | null,
): Promise<void> {
  let after: string = NIL;
  for (;;) {
    const values = [webhookId, after, ROWS_PER_STATEMENT, delaysMs, maxAttempts];
    // Recording outcomes locks the same rows in another order.
    const [page] = await retryTransient(() => BRING_FORWARD.run(manager, values), KEEP_TRYING_MS);
    if (!page?.lastId || page.count < ROWS_PER_STATEMENT) return;
    after = page.lastId;
  }
}
