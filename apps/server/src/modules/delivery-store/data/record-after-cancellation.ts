import type { DeliveryStatus } from '@im/contracts/api/deliveries';
import type { EntityManager } from 'typeorm';
import { countAttempts } from './count-sql.js';
import { evidenceOf } from './attempt-columns.js';
import type { AttemptRecord } from './attempt-record.js';

const RECORD_LATE = `
  WITH canceled AS (
    SELECT delivery_id, status FROM deliveries WHERE delivery_id = $1 FOR UPDATE
  ), updated AS (
    UPDATE deliveries d SET attempts = $2, max_attempts = max_attempts + $19::integer, response_status = $3, error_class = $4, duration_ms = $5,
      status = CASE WHEN $6 THEN 'success' ELSE d.status END,
      completed_at = CASE WHEN $6 THEN now() ELSE completed_at END,
      cancel_reason = CASE WHEN $6 THEN NULL ELSE cancel_reason END
    FROM canceled c
    WHERE d.delivery_id = c.delivery_id AND attempts = $2 - 1 AND d.status IN ('canceled', 'skipped')
    RETURNING d.delivery_id, webhook_id, event, kind, d.status, c.status AS status_before, recovery_id
  ), logged AS (
    INSERT INTO attempts (delivery_id, attempt, started_at, duration_ms, dns_ms, connect_ms, tls_ms, first_byte_ms,
      remote_address, request_headers, response_status, response_headers, response_body, is_response_truncated,
      error_class, error_message, evidence, is_split)
    SELECT delivery_id, $2, $7, $5, $8, $9, $10, $11, $12, $13, $3, $14, $15, $16, $4, $17, $18, nullif($19::integer = 1, false)
    FROM updated
  ), attempted AS (
    SELECT delivery_id, webhook_id, event, kind, CASE WHEN status = 'success' THEN status ELSE 'pending' END AS status,
      $7::timestamptz AS started_at, $5::real AS duration_ms
    FROM updated WHERE $19::integer = 0
  ), tallied AS (
    INSERT INTO recovery_tallies (recovery_id, succeeded, failed, canceled)
    SELECT recovery_id, 1, 0, -1 FROM updated WHERE recovery_id IS NOT NULL AND status = 'success'
  ), counted AS (${countAttempts('attempted')}
  ), no_longer_canceled AS (
    INSERT INTO count_deltas (webhook_id, event, bucket_at, slot_at, canceled, skipped, due)
    SELECT webhook_id, event, quarter_of(delivery_id), recent_slot_of(delivery_id),
      -(status_before = 'canceled')::integer, -(status_before = 'skipped')::integer, (kind = 'event')::integer
    FROM updated WHERE status = 'success' AND kind <> 'test'
  ) SELECT status FROM updated`;

/**
 * Records attempts of deliveries that were canceled while the attempt was under way. They keep their state, unless the
 * receiver accepted them: then they no longer count as canceled. Rare, so one statement for each.
 *
 * @returns the state of those recorded, by delivery
 */
export async function recordAfterCancellation(
  manager: EntityManager,
  records: readonly AttemptRecord[],
): Promise<Map<string, DeliveryStatus>> {
  const recorded = new Map<string, DeliveryStatus>();
  for (const { deliveryId, attempt, status, requestHeaders, outcome } of records) {
    const [row] = await manager.query<{ status: DeliveryStatus }[]>(RECORD_LATE, [
      deliveryId,
      attempt,
      outcome.responseStatus,
      outcome.errorClass,
      outcome.durationMs,
      status === 'success',
      outcome.startedAt.toISOString(),
      outcome.phases.dnsMs,
      outcome.phases.connectMs,
      outcome.phases.tlsMs,
      outcome.phases.firstByteMs,
      outcome.remoteAddress,
      requestHeaders,
      outcome.responseHeaders && JSON.stringify(outcome.responseHeaders),
      outcome.responseBody,
      outcome.isResponseTruncated,
      outcome.errorMessage,
      evidenceOf(outcome),
      Number(status === 'split'),
    ]);
    if (row) recorded.set(deliveryId, row.status);
  }
  return recorded;
}
