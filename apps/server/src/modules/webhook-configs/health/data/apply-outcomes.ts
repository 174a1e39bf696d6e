/** Applies the outcomes of attempts to the health of webhooks, in the transaction that records them. */
import type { ErrorClass } from '@im/contracts/api/deliveries';
import type { EntityManager } from 'typeorm';
import { disableWebhooks } from '../../data/revise-webhooks.js';
import {
  addFailures,
  FIRST_PROBE_MS,
  type FailuresAfter,
  type FailuresBefore,
  type HealthChange,
} from '../domain/breaker.js';
import type { WebhookSummary } from '../domain/summarize-outcomes.js';

interface HealthLimits {
  now: Date;
  /** A webhook that fails this long without a success is disabled; 0: never. */
  disableAfterMs: number;
}

/**
 * Applies a batch to the webhooks' health inside the caller's transaction.
 *
 * A healthy webhook that stays healthy is not written, so steady traffic takes no row lock.
 *
 * @returns the webhooks whose health changed
 */
export async function applyOutcomes(
  manager: EntityManager,
  summaries: WebhookSummary[],
  { now, disableAfterMs }: HealthLimits,
): Promise<Map<string, HealthChange>> {
  const recovered = summaries.filter((summary) => summary.hasSuccess && summary.trailingFailures === 0);
  const failing = summaries.filter((summary) => summary.trailingFailures > 0);
  const locked = await lockInOrder(manager, recovered, failing);
  const failed = failing.flatMap((summary) => {
    const before = locked.get(summary.webhookId);
    return before ? [failingFrom(summary, before)] : [];
  });
  const changes = new Map([
    ...(await markRecovered(manager, recovered)),
    ...(await markFailing(manager, failed, now)),
  ]);
  await disableGone(manager, summaries, now);
  if (disableAfterMs > 0 && failing.length > 0) {
    const since = new Date(now.getTime() - disableAfterMs);
    await disableFailing(manager, failing, since, now);
  }
  return changes;
}

interface LockedRow extends FailuresBefore {
  webhookId: string;
}

/**
 * Locks webhooks in one order, so that workers do not deadlock.
 *
 * @returns the state of those that failed, by id
 */
async function lockInOrder(
  manager: EntityManager,
  recovered: WebhookSummary[],
  failing: WebhookSummary[],
): Promise<Map<string, LockedRow>> {
  const rows = await manager.query<LockedRow[]>(
    `SELECT webhook_id AS "webhookId", consecutive_failures AS "consecutiveFailures", paused_at IS NOT NULL AS "isOpen",
       resumed_at AS "resumedAt"
     FROM webhook_health
     WHERE webhook_id = ANY($1) OR (webhook_id = ANY($2)
       AND (consecutive_failures > 0 OR exhausted_since_success > 0 OR paused_at IS NOT NULL))
     ORDER BY webhook_id FOR UPDATE`,
    [failing.map((summary) => summary.webhookId), recovered.map((summary) => summary.webhookId)],
  );
  return new Map(rows.map((row) => [row.webhookId, row]));
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

interface FailingWebhook extends FailuresAfter {
  webhookId: string;
  hasSuccess: boolean;
  exhausted: number;
  trailingExhausted: number;
  lastExhaustedDeliveryId: string | null;
  lastFailedDeliveryId: string | null;
  lastErrorClass: ErrorClass | null;
  lastResponseStatus: number | null;
}

function failingFrom(summary: WebhookSummary, before: LockedRow): FailingWebhook {
  const { webhookId, hasSuccess, exhausted, trailingExhausted, lastExhaustedDeliveryId, lastFailure } =
    summary;
  return {
    ...{ webhookId, hasSuccess, exhausted, trailingExhausted, lastExhaustedDeliveryId },
    ...addFailures(before, { ...summary, lastFailureStartedAt: lastFailure?.startedAt ?? null }),
    lastFailedDeliveryId: lastFailure?.deliveryId ?? null,
    lastErrorClass: lastFailure?.errorClass ?? null,
    lastResponseStatus: lastFailure?.responseStatus ?? null,
  };
}

/** The rows are locked, so the decisions are still true. */
async function markFailing(manager: EntityManager, failing: FailingWebhook[], now: Date): Promise<Changes> {
  if (failing.length === 0) return [];
  await manager.query(
    `UPDATE webhook_health h SET
       consecutive_failures = i.consecutive_failures,
       failing_since = CASE WHEN i.has_success THEN $11::timestamptz ELSE coalesce(h.failing_since, $11::timestamptz) END,
       exhausted_since_success = i.trailing_exhausted + CASE WHEN i.has_success THEN 0 ELSE h.exhausted_since_success END,
       exhausted_total = h.exhausted_total + i.exhausted,
       last_failed_delivery_id = i.last_failed,
       last_exhausted_delivery_id = coalesce(i.last_exhausted, h.last_exhausted_delivery_id),
       last_error_class = i.error_class, last_response_status = i.response_status,
       paused_at = CASE WHEN i.is_open THEN coalesce(h.paused_at, now()) END,
       probe_at = CASE WHEN i.is_open THEN coalesce(h.probe_at, now() + $12::integer * interval '1 millisecond') END,
       probes = CASE WHEN i.is_open THEN h.probes ELSE 0 END,
       version = h.version + 1
     FROM unnest($1::uuid[], $2::int[], $3::boolean[], $4::boolean[], $5::int[], $6::int[], $7::uuid[], $8::uuid[],
         $9::text[], $10::smallint[])
       AS i(webhook_id, consecutive_failures, is_open, has_success, exhausted, trailing_exhausted, last_failed,
         last_exhausted, error_class, response_status)
     WHERE h.webhook_id = i.webhook_id`,
    [
      failing.map((each) => each.webhookId),
      failing.map((each) => each.consecutiveFailures),
      failing.map((each) => each.isOpen),
      failing.map((each) => each.hasSuccess),
      failing.map((each) => each.exhausted),
      failing.map((each) => each.trailingExhausted),
      failing.map((each) => each.lastFailedDeliveryId),
      failing.map((each) => each.lastExhaustedDeliveryId),
      failing.map((each) => each.lastErrorClass),
      failing.map((each) => each.lastResponseStatus),
      now.toISOString(),
      FIRST_PROBE_MS,
    ],
  );
  return failing.map(({ webhookId, isOpen }) => [webhookId, { isPaused: isOpen }]);
}

/** 410 Gone: the receiver wants no more callbacks. What already waits stays pending. */
async function disableGone(manager: EntityManager, summaries: WebhookSummary[], now: Date): Promise<void> {
  const gone = summaries.filter((summary) => summary.isGone).map((summary) => summary.webhookId);
  if (gone.length === 0) return;
  await disableWebhooks(manager, gone, 'gone', now);
}

/** Too long without a success: the receiver is gone. */
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
