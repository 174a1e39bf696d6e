import type { CancelReason } from '@im/contracts/api/deliveries';
import type { EntityManager } from 'typeorm';
import { countWithdrawn } from './count-sql.js';

/** SQL that moves rows from a CTE of removed pending rows into the log. `$2` is the reason, `$3` the time of the end. */
const INTO_LOG = `
  INSERT INTO deliveries (delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, status, attempts,
    max_attempts, response_status, error_class, duration_ms, created_at, completed_at, original_delivery_id,
    recovery_id, cancel_reason)
  SELECT delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, 'canceled', attempts, max_attempts,
    response_status, error_class, duration_ms, created_at, $3, original_delivery_id, recovery_id,
    $2::text
  FROM removed`;

export interface WithdrawnDelivery {
  deliveryId: string;
  webhookId: string;
}

/**
 * Cancels pending deliveries, and counts them; one statement.
 *
 * @param which a condition over `pending_deliveries`; its first parameter is `$1`
 * @param limit at most so many at once, so that no statement runs long
 * @returns what was withdrawn
 */
export function withdrawPending(
  manager: Pick<EntityManager, 'query'>,
  which: string,
  parameter: unknown,
  reason: CancelReason,
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
     ), counted AS (${countWithdrawn('removed', `'canceled'`)})
     SELECT delivery_id AS "deliveryId", webhook_id AS "webhookId"
     FROM removed`,
    [parameter, reason, at.toISOString()],
  );
}
