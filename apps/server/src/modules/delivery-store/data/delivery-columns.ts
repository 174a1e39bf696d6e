/** Lists the columns of deliveries in pending_deliveries and in the log, as SQL. */

/** From the plan to the log. */
export const PLAN_COLUMNS =
  'delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, max_attempts, created_at, original_delivery_id';

/** The result of the last attempt, and the recovery of a replay. */
const OUTCOME_COLUMNS = 'response_status, error_class, duration_ms, recovery_id';

interface End {
  /** SQL expressions over the row, as all that follow. */
  status: string;
  attempts: string;
  completedAt: string;
  cancelReason?: string;
}

/** SQL: writes rows that have ended into the log. @param from an expression with the columns of both lists */
export function logDeliveries(from: string, { status, attempts, completedAt, cancelReason }: End): string {
  return `INSERT INTO deliveries (${PLAN_COLUMNS}, ${OUTCOME_COLUMNS}, status, attempts, completed_at, cancel_reason)
    SELECT ${PLAN_COLUMNS}, ${OUTCOME_COLUMNS}, ${status}, ${attempts}, ${completedAt}, ${cancelReason ?? 'NULL::text'}
    FROM ${from}`;
}

/**
 * SQL: adds outcomes of replays to the tallies of their recoveries, which fold them.
 *
 * @param from an expression with `recovery_id` and `status`
 */
export function tallyReplays(from: string): string {
  const countOf = (status: string) => `count(*) FILTER (WHERE status = '${status}')`;
  return `INSERT INTO recovery_tallies (recovery_id, succeeded, failed, canceled)
    SELECT recovery_id, ${countOf('success')}, ${countOf('failed')}, ${countOf('canceled')}
    FROM ${from} WHERE recovery_id IS NOT NULL GROUP BY recovery_id`;
}

/** SQL: removes the tallies of the recovery `$1` and returns them. */
export const TAKE_TALLIES =
  'DELETE FROM recovery_tallies WHERE recovery_id = $1 RETURNING succeeded, failed, canceled';
