import type { CancelReason } from '@im/contracts/api/deliveries';
import type { EntityManager } from 'typeorm';
import { logDeliveries, tallyReplays } from './delivery-columns.js';
import { countCanceled } from './count-sql.js';

/** `$2` is the reason, `$3` the time of the end. */
const INTO_LOG = logDeliveries('removed', {
  status: `'canceled'`,
  attempts: 'attempts',
  completedAt: '$3',
  cancelReason: '$2::text',
});

export interface CanceledDelivery {
  deliveryId: string;
  webhookId: string;
}

/**
 * Cancels pending deliveries, and counts them; one statement.
 *
 * @param which a condition over `pending_deliveries`; its first parameter is `$1`
 * @param limit rows at most, so that no statement takes long
 * @returns what was canceled
 */
export function cancelPending(
  manager: Pick<EntityManager, 'query'>,
  which: string,
  parameter: unknown,
  reason: CancelReason,
  at: Date,
  limit = 10_000,
): Promise<CanceledDelivery[]> {
  return manager.query<CanceledDelivery[]>(
    `WITH removed AS (
       DELETE FROM pending_deliveries WHERE delivery_id IN (
         SELECT delivery_id FROM pending_deliveries WHERE ${which} LIMIT ${String(limit)} FOR UPDATE)
       RETURNING *
     ), logged AS (
       ${INTO_LOG}
     ), tallied AS (
       ${tallyReplays(`(SELECT recovery_id, 'canceled' AS status FROM removed) AS canceled`)}
     ), counted AS (${countCanceled('removed', `'canceled'`)})
     SELECT delivery_id AS "deliveryId", webhook_id AS "webhookId"
     FROM removed`,
    [parameter, reason, at.toISOString()],
  );
}
