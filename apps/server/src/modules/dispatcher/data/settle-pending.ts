import type { EntityManager } from 'typeorm';
import { countWithdrawn } from '../../counters/data/count-sql.js';

/** SQL that moves rows from a CTE of removed pending rows into the log. `$2` is the status, `$3` the time of the end. */
const INTO_LOG = `
  INSERT INTO deliveries (delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, status, attempts,
    max_attempts, response_status, error_class, duration_ms, created_at, completed_at, original_delivery_id,
    recovery_id)
  SELECT delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, $2::text, attempts, max_attempts,
    response_status, error_class, duration_ms, created_at, $3, original_delivery_id, recovery_id
  FROM removed`;

export interface WithdrawnDelivery {
  deliveryId: string;
  webhookId: string;
}

/**
 * Ends pending deliveries without an attempt, and counts them; one statement.
 *
 * @param which a condition over `pending_deliveries`; its first parameter is `$1`
 * @param limit at most so many at once, so that no statement runs long
 * @returns what was withdrawn
 */
export function withdrawPending(
  manager: Pick<EntityManager, 'query'>,
  which: string,
  parameter: unknown,
  status: 'canceled' | 'skipped',
  at: Date,
  limit = 10_000,
): Promise<WithdrawnDelivery[]> {
  return manager.query<WithdrawnDelivery[]>(
    `WITH removed AS (
       DELETE FROM pending_deliveries WHERE delivery_id IN (
         SELECT delivery_id FROM pending_deliveries WHERE ${which} LIMIT ${String(limit)} FOR UPDATE)
       RETURNING *
     ), logged AS (${INTO_LOG}
     ), tallied AS (
       INSERT INTO recovery_tallies (recovery_id, succeeded, failed, canceled)
       SELECT recovery_id, 0, 0, count(*) FROM removed WHERE recovery_id IS NOT NULL GROUP BY recovery_id
     ), counted AS (${countWithdrawn('removed', '$2::text')})
     SELECT delivery_id AS "deliveryId", webhook_id AS "webhookId"
     FROM removed`,
    [parameter, status, at.toISOString()],
  );
}
