import type { DeliveryStatus } from '@im/contracts/api/deliveries';
import type { EntityManager } from 'typeorm';
import type { AttemptRecord } from './attempt-record.js';

/**
 * Records attempts of deliveries that were withdrawn while the attempt was under way. They keep their state, unless the
 * receiver took them after all. Rare, so one statement for each.
 *
 * @returns the state of those recorded, by delivery
 */
export async function recordAfterCancellation(
  manager: EntityManager,
  records: readonly AttemptRecord[],
): Promise<Map<string, DeliveryStatus>> {
  const recorded = new Map<string, DeliveryStatus>();
  for (const { deliveryId, attempt, status, requestHeaders, outcome } of records) {
    const [row] = await manager.query<{ status: DeliveryStatus }[]>(
      `WITH updated AS (
         UPDATE deliveries SET attempts = $2, response_status = $3, error_class = $4, duration_ms = $5,
           status = CASE WHEN $6 THEN 'success' ELSE status END,
           completed_at = CASE WHEN $6 THEN now() ELSE completed_at END
         WHERE delivery_id = $1 AND attempts = $2 - 1 AND status IN ('canceled', 'skipped')
         RETURNING delivery_id, status
       ), logged AS (
         INSERT INTO attempts (delivery_id, attempt, started_at, duration_ms, dns_ms, connect_ms, tls_ms, first_byte_ms,
           remote_address, request_headers, response_status, response_headers, response_body, is_response_truncated,
           error_class, error_message)
         SELECT delivery_id, $2, $7, $5, $8, $9, $10, $11, $12, $13, $3, $14, $15, $16, $4, $17 FROM updated
       ) SELECT status FROM updated`,
      [
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
      ],
    );
    if (row) recorded.set(deliveryId, row.status);
  }
  return recorded;
}
