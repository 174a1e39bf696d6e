import type { EntityManager } from 'typeorm';
import { disableWebhooks } from '../../data/revise-webhooks.js';
import type { WebhookSummary } from '../domain/summarize-outcomes.js';

/** From this many failed attempts in a row the breaker opens. */
const PAUSE_FAILURES = 10;
const FIRST_PROBE_MS = 30_000;
const LONGEST_PROBE_MS = 300_000;

export interface HealthChange {
  /** The breaker is open. */
  isPaused: boolean;
}

interface HealthLimits {
  now: Date;
  /** A webhook that failed for so long without one success is disabled; 0: never. */
  disableAfterMs: number;
}

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
  { now, disableAfterMs }: HealthLimits,
): Promise<Map<string, HealthChange>> {
  const recovered = summaries.filter((summary) => summary.hasSuccess && summary.trailingFailures === 0);
  const failing = summaries.filter((summary) => summary.trailingFailures > 0);
  await lockInOrder(manager, recovered, failing);
  const changes = new Map([
    ...(await markRecovered(manager, recovered)),
    ...(await markFailing(manager, failing, now)),
  ]);
  await disableGone(manager, summaries, now);
  if (disableAfterMs > 0 && failing.length > 0) {
    const since = new Date(now.getTime() - disableAfterMs);
    await disableFailing(manager, failing, since, now);
  }
  return changes;
}

/**
 * Takes the right to send the one probe that is due through an open breaker; of all workers one gets it.
 *
 * @returns whether it is the caller's
 */
export async function takeProbe(manager: Pick<EntityManager, 'query'>, webhookId: string): Promise<boolean> {
  const rows = await manager.query<unknown[]>(
    `WITH taken AS (
       UPDATE webhook_health SET probes = least(probes + 1, 100),
         probe_at = now() + least($2::integer * 2 ^ least(probes + 1, 10), $3::integer) * interval '1 millisecond'
       WHERE webhook_id = $1 AND paused_at IS NOT NULL AND probe_at <= now() RETURNING webhook_id
     ) SELECT webhook_id FROM taken`,
    [webhookId, FIRST_PROBE_MS, LONGEST_PROBE_MS],
  );
  return rows.length > 0;
}

/** Two workers with the same two webhooks must not wait for each other crosswise, whichever of them fails where. */
async function lockInOrder(
  manager: EntityManager,
  recovered: WebhookSummary[],
  failing: WebhookSummary[],
): Promise<void> {
  await manager.query(
    `SELECT FROM webhook_health
     WHERE webhook_id = ANY($1) OR (webhook_id = ANY($2)
       AND (consecutive_failures > 0 OR exhausted_since_success > 0 OR paused_at IS NOT NULL))
     ORDER BY webhook_id FOR UPDATE`,
    [failing.map((summary) => summary.webhookId), recovered.map((summary) => summary.webhookId)],
  );
}

type Changes = [webhookId: string, change: HealthChange][];

async function markRecovered(manager: EntityManager, summaries: WebhookSummary[]): Promise<Changes> {
  if (summaries.length === 0) return [];
  const rows = await manager.query<{ webhook_id: string }[]>(
    `WITH changed AS (
       UPDATE webhook_health h SET
         consecutive_failures = 0, failing_since = NULL, exhausted_since_success = 0,
         exhausted_total = exhausted_total + i.exhausted,
         last_exhausted_delivery_id = coalesce(i.last_exhausted, last_exhausted_delivery_id),
         paused_at = NULL, probe_at = NULL, probes = 0,
         version = version + 1
       FROM unnest($1::uuid[], $2::int[], $3::uuid[]) AS i(webhook_id, exhausted, last_exhausted)
       WHERE h.webhook_id = i.webhook_id
         AND (h.consecutive_failures > 0 OR h.exhausted_since_success > 0 OR h.paused_at IS NOT NULL OR i.exhausted > 0)
       RETURNING h.webhook_id
     ) SELECT webhook_id FROM changed`,
    [
      summaries.map((summary) => summary.webhookId),
      summaries.map((summary) => summary.exhausted),
      summaries.map((summary) => summary.lastExhaustedDeliveryId),
    ],
  );
  return rows.map((row) => [row.webhook_id, { isPaused: false }]);
}

async function markFailing(manager: EntityManager, summaries: WebhookSummary[], now: Date): Promise<Changes> {
  if (summaries.length === 0) return [];
  const ids = summaries.map((summary) => summary.webhookId);
  const rows = await manager.query<{ webhookId: string; isPaused: boolean }[]>(
    `WITH next AS (
       SELECT i.*, i.failures + CASE WHEN i.has_success THEN 0 ELSE h.consecutive_failures END AS consecutive,
         h.paused_at IS NOT NULL OR h.resumed_at IS NULL OR i.began_at > h.resumed_at AS counts_for_breaker
       FROM unnest($1::uuid[], $2::int[], $3::boolean[], $4::int[], $5::int[], $6::uuid[], $7::uuid[], $8::text[], $10::smallint[], $13::timestamptz[])
         AS i(webhook_id, failures, has_success, exhausted, trailing_exhausted, last_failed, last_exhausted, error_class, response_status, began_at)
       JOIN webhook_health h USING (webhook_id)
     ), changed AS (
       UPDATE webhook_health h SET
         consecutive_failures = i.consecutive,
         failing_since = CASE WHEN i.has_success THEN $9::timestamptz ELSE coalesce(h.failing_since, $9::timestamptz) END,
         exhausted_since_success = i.trailing_exhausted + CASE WHEN i.has_success THEN 0 ELSE h.exhausted_since_success END,
         exhausted_total = h.exhausted_total + i.exhausted,
         last_failed_delivery_id = i.last_failed,
         last_exhausted_delivery_id = coalesce(i.last_exhausted, h.last_exhausted_delivery_id),
         last_error_class = i.error_class, last_response_status = i.response_status,
         paused_at = CASE WHEN i.consecutive >= $11 AND i.counts_for_breaker THEN coalesce(h.paused_at, now()) END,
         probe_at = CASE WHEN i.consecutive >= $11 AND i.counts_for_breaker THEN coalesce(h.probe_at, now() + $12::integer * interval '1 millisecond') END,
         probes = CASE WHEN i.consecutive >= $11 AND i.counts_for_breaker THEN h.probes ELSE 0 END,
         version = h.version + 1
       FROM next i WHERE h.webhook_id = i.webhook_id
       RETURNING h.webhook_id, h.paused_at
     ) SELECT webhook_id AS "webhookId", paused_at IS NOT NULL AS "isPaused" FROM changed`,
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
      PAUSE_FAILURES,
      FIRST_PROBE_MS,
      summaries.map((summary) => summary.lastFailure?.startedAt.toISOString() ?? null),
    ],
  );
  return rows.map(({ webhookId, isPaused }) => [webhookId, { isPaused }]);
}

/** 410 Gone: the receiver asked for no more. What already waits goes on waiting. */
async function disableGone(manager: EntityManager, summaries: WebhookSummary[], now: Date): Promise<void> {
  const gone = summaries.filter((summary) => summary.isGone).map((summary) => summary.webhookId);
  if (gone.length === 0) return;
  await disableWebhooks(manager, gone, 'gone', now);
}

/** Long enough without one success: nobody is there any more. */
async function disableFailing(
  manager: EntityManager,
  failing: WebhookSummary[],
  since: Date,
  now: Date,
): Promise<void> {
  const rows = await manager.query<{ webhookId: string }[]>(
    `SELECT w.webhook_id AS "webhookId" FROM webhook_configs w JOIN webhook_health h USING (webhook_id)
     WHERE w.webhook_id = ANY($1) AND w.is_enabled AND h.failing_since < $2`,
    [failing.map((summary) => summary.webhookId), since.toISOString()],
  );
  const lost = rows.map((row) => row.webhookId);
  if (lost.length > 0) await disableWebhooks(manager, lost, 'failing', now);
}
