/**
 * Computes `heldBy` in SQL over `d`, a row of the log. What a person asked for is not held; behind an open breaker a
 * single delivery follows its own policy. A webhook that the service disabled holds its deliveries too.
 */
export const HELD_BY = `CASE WHEN d.status = 'pending' AND NOT d.passes_holds THEN (
  SELECT CASE
    WHEN NOT w.is_enabled THEN CASE WHEN w.disabled_reason = 'by_person' THEN 'person' ELSE 'breaker' END
    WHEN w.paused_since IS NOT NULL THEN 'person'
    WHEN d.recovery_id IS NOT NULL AND NOT EXISTS (
      SELECT FROM recoveries r WHERE r.recovery_id = d.recovery_id AND r.state = 'running') THEN 'person'
    WHEN h.paused_at IS NOT NULL AND (d.recovery_id IS NOT NULL OR 1 < (
      SELECT count(*) FROM (
        (SELECT FROM pending_deliveries p
         WHERE p.webhook_id = w.webhook_id AND p.conversation_id IS NULL AND p.recovery_id IS NULL LIMIT 2)
        UNION ALL
        (SELECT FROM pending_deliveries p
         WHERE p.webhook_id = w.webhook_id AND p.conversation_id IS NOT NULL AND p.recovery_id IS NULL LIMIT 2)
      ) AS waiting)) THEN 'breaker'
  END FROM webhook_configs w JOIN webhook_health h USING (webhook_id) WHERE w.webhook_id = d.webhook_id) END`;

/** SQL over `w`, a webhook: whether it holds anything but replays of a paused recovery. Its rows need not be read else. */
export const HOLDS = `(NOT w.is_enabled OR w.paused_since IS NOT NULL OR EXISTS (
  SELECT FROM webhook_health h WHERE h.webhook_id = w.webhook_id AND h.paused_at IS NOT NULL))`;
