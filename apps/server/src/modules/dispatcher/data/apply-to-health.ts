import type { EntityManager } from 'typeorm';
import type { WebhookSummary } from '../domain/summarize-outcomes.js';

/**
 * Applies a batch to the webhooks' health inside the caller's transaction.
 *
 * A healthy webhook that stays healthy is not written to, so steady traffic holds no row lock.
 *
 * @returns the webhooks whose health changed
 */
export async function applyToHealth(
  manager: EntityManager,
  summaries: WebhookSummary[],
  now: Date,
): Promise<Set<string>> {
  const recovered = summaries.filter((summary) => summary.hasSuccess && summary.trailingFailures === 0);
  const failing = summaries.filter((summary) => summary.trailingFailures > 0);
  const changed = [
    ...(await markRecovered(manager, recovered)),
    ...(await markFailing(manager, failing, now)),
  ];
  await disableGone(manager, summaries, now);
  return new Set(changed);
}

async function markRecovered(manager: EntityManager, summaries: WebhookSummary[]): Promise<string[]> {
  if (summaries.length === 0) return [];
  const rows = await manager.query<{ webhook_id: string }[]>(
    `WITH changed AS (
       UPDATE webhook_health h SET
         consecutive_failures = 0, failing_since = NULL, exhausted_since_success = 0,
         exhausted_total = exhausted_total + i.exhausted,
         last_exhausted_delivery_id = coalesce(i.last_exhausted, last_exhausted_delivery_id),
         version = version + 1
       FROM unnest($1::uuid[], $2::int[], $3::uuid[]) AS i(webhook_id, exhausted, last_exhausted)
       WHERE h.webhook_id = i.webhook_id
         AND (h.consecutive_failures > 0 OR h.exhausted_since_success > 0 OR i.exhausted > 0)
       RETURNING h.webhook_id
     ) SELECT webhook_id FROM changed`,
    [
      summaries.map((summary) => summary.webhookId),
      summaries.map((summary) => summary.exhausted),
      summaries.map((summary) => summary.lastExhaustedDeliveryId),
    ],
  );
  return rows.map((row) => row.webhook_id);
}

async function markFailing(
  manager: EntityManager,
  summaries: WebhookSummary[],
  now: Date,
): Promise<string[]> {
  if (summaries.length === 0) return [];
  const ids = summaries.map((summary) => summary.webhookId);
  // Locked in one order first: two workers with the same two failing webhooks must not wait for each other crosswise.
  await manager.query(
    'SELECT 1 FROM webhook_health WHERE webhook_id = ANY($1) ORDER BY webhook_id FOR UPDATE',
    [ids],
  );
  await manager.query(
    `UPDATE webhook_health h SET
       consecutive_failures = i.failures + CASE WHEN i.has_success THEN 0 ELSE h.consecutive_failures END,
       failing_since = CASE WHEN i.has_success THEN $9::timestamptz ELSE coalesce(h.failing_since, $9::timestamptz) END,
       exhausted_since_success = i.trailing_exhausted + CASE WHEN i.has_success THEN 0 ELSE h.exhausted_since_success END,
       exhausted_total = h.exhausted_total + i.exhausted,
       last_failed_delivery_id = i.last_failed,
       last_exhausted_delivery_id = coalesce(i.last_exhausted, h.last_exhausted_delivery_id),
       last_error_class = i.error_class, last_response_status = i.response_status,
       version = h.version + 1
     FROM unnest($1::uuid[], $2::int[], $3::boolean[], $4::int[], $5::int[], $6::uuid[], $7::uuid[], $8::text[], $10::smallint[])
       AS i(webhook_id, failures, has_success, exhausted, trailing_exhausted, last_failed, last_exhausted, error_class, response_status)
     WHERE h.webhook_id = i.webhook_id`,
    [
      ids,
      summaries.map((summary) => summary.trailingFailures),
      summaries.map((summary) => summary.hasSuccess),
      summaries.map((summary) => summary.exhausted),
      summaries.map((summary) => summary.trailingExhausted),
      summaries.map((summary) => summary.lastFailure?.deliveryId ?? null),
      summaries.map((summary) => summary.lastExhaustedDeliveryId),
      summaries.map((summary) => summary.lastFailure?.errorClass ?? null),
      now.toISOString(),
      summaries.map((summary) => summary.lastFailure?.responseStatus ?? null),
    ],
  );
  return ids;
}

/** 410 Gone: the receiver asked for no more. What already waits is marked `skipped` when it comes up. */
async function disableGone(manager: EntityManager, summaries: WebhookSummary[], now: Date): Promise<void> {
  const gone = summaries.filter((summary) => summary.isGone).map((summary) => summary.webhookId);
  if (gone.length === 0) return;
  await manager.query(
    `UPDATE webhook_configs SET is_enabled = false, disabled_reason = 'gone', updated_at = $2
     WHERE webhook_id = ANY($1) AND is_enabled`,
    [gone, now.toISOString()],
  );
}
