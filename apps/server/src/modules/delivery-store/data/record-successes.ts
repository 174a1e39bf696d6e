import type { DataSource } from 'typeorm';
import { PreparedQuery } from '../../../platform/database/prepared-query.js';
import { countAttempts } from './count-sql.js';
import {
  attemptColumnsOf,
  endedWhen,
  loggedOf,
  SETTLED,
  SUCCESSES_INPUT,
  SUCCESSES_PARAMETERS,
} from './attempt-columns.js';
import type { AttemptRecord } from './attempt-record.js';

const WEBHOOK_IDS = `$${String(SUCCESSES_PARAMETERS + 1)}`;

/**
 * Records successes of healthy webhooks in one statement, which commits by itself. If one of the webhooks is not
 * healthy, it changes nothing: recovering needs ordered locks, and so a transaction.
 */
const RECORD_SUCCESSES = new PreparedQuery<{ id: string }>(
  `WITH ${SUCCESSES_INPUT}, ${endedWhen(`NOT EXISTS (
     SELECT FROM webhook_health WHERE webhook_id = ANY(${WEBHOOK_IDS}::uuid[])
       AND (consecutive_failures > 0 OR exhausted_since_success > 0 OR paused_at IS NOT NULL))`)},
   ${SETTLED}, ${loggedOf('ended', { mayFail: false })}, counted AS (
     ${countAttempts('ended')}
   ) SELECT delivery_id AS id FROM ended`,
);

/** @returns the deliveries recorded; none while one of the webhooks is not healthy */
export async function recordSuccesses(
  dataSource: DataSource,
  records: readonly AttemptRecord[],
): Promise<Set<string>> {
  const webhookIds = [...new Set(records.map((record) => record.webhookId))];
  const values = [...attemptColumnsOf(records), webhookIds];
  const rows = await RECORD_SUCCESSES.run(dataSource, values);
  return new Set(rows.map((row) => row.id));
}
