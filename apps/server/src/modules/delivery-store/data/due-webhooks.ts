/**
 * Finds webhooks with something due and unclaimed. It jumps in the index from one webhook to the next: one look-up for
 * each webhook with pending deliveries, however many they are.
 */
import type { DataSource } from 'typeorm';
import { PreparedQuery } from '../../../platform/database/prepared-query.js';

export interface DueWebhook {
  /** It has deliveries that keep the order of their conversation. */
  isOrdered: boolean;
  /** A recovery has something due for it. */
  hasReplays: boolean;
  /** Something is due that a person asked for. */
  hasPassing: boolean;
}

const IS_DUE = `claimable_at <= now() + $1::integer * interval '1 millisecond'`;

/** Live deliveries without ordering: the first of each webhook to become claimable. */
const FIRST_OF_EACH = `
  first_of_each AS (
    (SELECT webhook_id, claimable_at FROM pending_deliveries WHERE conversation_id IS NULL AND recovery_id IS NULL
     ORDER BY webhook_id, claimable_at LIMIT 1)
    UNION ALL
    SELECT next.webhook_id, next.claimable_at FROM first_of_each f CROSS JOIN LATERAL (
      SELECT webhook_id, claimable_at FROM pending_deliveries
      WHERE conversation_id IS NULL AND recovery_id IS NULL AND webhook_id > f.webhook_id
      ORDER BY webhook_id, claimable_at LIMIT 1) next
  )`;

/** Webhooks with ordered live deliveries; the claim of their conversations finds out whether one is due. */
const ORDERED = `
  ordered AS (
    (SELECT webhook_id FROM pending_deliveries WHERE conversation_id IS NOT NULL AND recovery_id IS NULL
     ORDER BY webhook_id LIMIT 1)
    UNION ALL
    SELECT next.webhook_id FROM ordered o CROSS JOIN LATERAL (
      SELECT webhook_id FROM pending_deliveries
      WHERE conversation_id IS NOT NULL AND recovery_id IS NULL AND webhook_id > o.webhook_id
      ORDER BY webhook_id LIMIT 1) next
  )`;

/** One row for each reason to claim for a webhook. Pending deliveries of a deleted webhook are canceled before they are due. */
const REASONS = `
  reasons AS (
    SELECT webhook_id, false AS is_ordered, false AS has_replays, false AS has_passing
    FROM first_of_each JOIN webhook_configs w USING (webhook_id) WHERE ${IS_DUE} OR w.deleted_at IS NOT NULL
    UNION ALL
    SELECT webhook_id, true, false, false FROM ordered
    UNION ALL
    SELECT webhook_id, false, true, false FROM recoveries r
    WHERE state = 'running' AND EXISTS (SELECT FROM pending_deliveries p WHERE p.recovery_id = r.recovery_id AND ${IS_DUE})
    UNION ALL
    SELECT webhook_id, false, false, true FROM pending_deliveries WHERE passes_holds AND claimable_at <= now()
  )`;

/** Exactly one live delivery is pending for the webhook of the reason `r`: it may pass an open breaker. */
const IS_ALONE = `1 = (
  SELECT count(*) FROM (
    (SELECT FROM pending_deliveries p
     WHERE p.webhook_id = r.webhook_id AND conversation_id IS NULL AND recovery_id IS NULL LIMIT 2)
    UNION ALL
    (SELECT FROM pending_deliveries p
     WHERE p.webhook_id = r.webhook_id AND conversation_id IS NOT NULL AND recovery_id IS NULL LIMIT 2)
  ) AS waiting)`;

/** Whether something of the webhook `w` with health `h` may be sent: it is enabled, not paused, and its breaker lets something pass. */
const IS_OPEN = `w.is_enabled AND w.paused_since IS NULL AND (h.paused_at IS NULL OR h.probe_at <= now() OR ${IS_ALONE})`;

const DUE_WEBHOOKS = new PreparedQuery<DueWebhook & { webhookId: string }>(
  `WITH RECURSIVE ${FIRST_OF_EACH}, ${ORDERED}, ${REASONS}
   SELECT webhook_id AS "webhookId", bool_or(is_ordered) AS "isOrdered", bool_or(has_replays) AS "hasReplays",
     bool_or(has_passing) AS "hasPassing"
   FROM reasons r JOIN webhook_health h USING (webhook_id) JOIN webhook_configs w USING (webhook_id)
   WHERE has_passing OR w.deleted_at IS NOT NULL OR (${IS_OPEN})
   GROUP BY webhook_id`,
);

/**
 * With an open breaker only if its probe is due or a single delivery is pending; paused or disabled only if a person
 * asked for something; deleted also if nothing is due.
 *
 * @param aheadMs also what comes due within this time
 */
export async function readDueWebhooks(
  dataSource: DataSource,
  aheadMs: number,
): Promise<Map<string, DueWebhook>> {
  const rows = await DUE_WEBHOOKS.run(dataSource, [aheadMs]);
  return new Map(rows.map(({ webhookId, ...due }) => [webhookId, due]));
}
