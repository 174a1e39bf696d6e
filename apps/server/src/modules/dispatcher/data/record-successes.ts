import type { DataSource } from 'typeorm';
import { PreparedQuery } from '../../../platform/database/prepared-query.js';
import { COUNTED_ONTO, countingWriter } from '../../webhook-configs/data/webhook-stats.repository.js';
import {
  ATTEMPTS_INPUT,
  ATTEMPTS_PARAMETERS,
  attemptColumnsOf,
  endedWhen,
  loggedOf,
  SETTLED,
} from './attempt-columns.js';
import type { AttemptRecord } from './attempt-record.js';

const at = (offset: number) => `$${String(ATTEMPTS_PARAMETERS + offset)}`;

/**
 * Everything that successes of healthy webhooks change, in one statement, which commits by itself. Where one of the
 * webhooks has failed before, it changes nothing: recovering takes locks that need an order, hence a transaction.
 */
const RECORD_SUCCESSES = new PreparedQuery<{ id: string }>(
  `WITH ${ATTEMPTS_INPUT}, ${endedWhen(`NOT EXISTS (
     SELECT FROM webhook_health WHERE webhook_id = ANY(${at(3)}::uuid[])
       AND (consecutive_failures > 0 OR exhausted_since_success > 0 OR paused_at IS NOT NULL))`)},
   ${SETTLED}, ${loggedOf('ended')}, counted AS (
     INSERT INTO webhook_stats_hourly AS s
       (webhook_id, bucket_at, writer_id, succeeded, last_attempt_at, last_success_at)
     SELECT webhook_id, ${at(1)}::timestamptz, ${at(2)}::smallint,
       count(*) FILTER (WHERE kind <> 'test'), max(started_at), max(started_at)
     FROM ended GROUP BY webhook_id ORDER BY webhook_id
     ${COUNTED_ONTO}
   ) SELECT delivery_id AS id FROM ended`,
);

/** @returns the deliveries recorded; none while one of the webhooks is not healthy */
export async function recordSuccesses(
  dataSource: DataSource,
  records: readonly AttemptRecord[],
  now: Date,
): Promise<Set<string>> {
  const webhookIds = [...new Set(records.map((record) => record.webhookId))];
  const values = [...attemptColumnsOf(records), ...countingWriter(now), webhookIds];
  const rows = await RECORD_SUCCESSES.run(dataSource, values);
  return new Set(rows.map((row) => row.id));
}
