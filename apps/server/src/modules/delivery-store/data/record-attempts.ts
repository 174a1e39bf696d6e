/** Records ended attempts, many at once: pending rows, log, counters and recoveries in one statement. */
import type { EntityManager } from 'typeorm';
import { PreparedQuery } from '../../../platform/database/prepared-query.js';
import {
  ATTEMPTS_INPUT,
  attemptColumnsOf,
  endedWhen,
  evidenceOf,
  loggedOf,
  SETTLED,
} from './attempt-columns.js';
import type { AttemptRecord } from './attempt-record.js';
import { countAttempts } from './count-sql.js';

/**
 * The attempt number guards the row: of two workers with the same delivery the second changes nothing.
 *
 * @returns the deliveries whose attempt was recorded
 */
export async function recordAttempts(manager: EntityManager, records: AttemptRecord[]): Promise<Set<string>> {
  const rows = await RECORD.run(manager, [
    ...attemptColumnsOf(records),
    records.map(({ outcome }) => evidenceOf(outcome)),
  ]);
  return new Set(rows.map((row) => row.id));
}

const RECORD = new PreparedQuery<{ id: string }>(
  `WITH ${ATTEMPTS_INPUT}, ${endedWhen()}, retried AS (
       UPDATE pending_deliveries p SET attempts = i.attempt,
         max_attempts = p.max_attempts + (i.status = 'split')::integer, splits = p.splits + (i.status = 'split')::integer,
         next_attempt_at = now() + i.retry_in_ms * interval '1 millisecond',
         claimable_at = now() + (i.retry_in_ms + i.hold_ms) * interval '1 millisecond',
         response_status = i.response_status, error_class = i.error_class, duration_ms = i.duration_ms,
         passes_holds = false
       FROM input i
       WHERE p.delivery_id = i.delivery_id AND p.attempts = i.attempt - 1 AND i.status IN ('pending', 'split')
       RETURNING p.delivery_id, webhook_id, event, kind, i.status, i.started_at, i.duration_ms
     ), recorded AS (
       SELECT delivery_id, webhook_id, event, kind, status, started_at, duration_ms FROM ended
       UNION ALL
       SELECT delivery_id, webhook_id, event, kind, status, started_at, duration_ms FROM retried
     ), ${SETTLED}, ${loggedOf('recorded', { mayFail: true })},
     counted AS (${countAttempts(`recorded WHERE status <> 'split'`)})
   SELECT delivery_id AS id FROM recorded`,
);
