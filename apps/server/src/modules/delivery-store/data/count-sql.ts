/**
 * Builds SQL that counts. Every statement that creates, attempts or ends deliveries also adds its changes to
 * `count_deltas`, one for each webhook, event and quarter of an hour; folding adds them up (fold-counts.repository.ts).
 * Rows are only appended, so counting takes no locks. Test sends are not counted.
 *
 * `due` counts deliveries of kind event that are neither canceled nor skipped, `delivered` those of them that arrived.
 * Of recent ones `slot_at` says when they were created, since none is due in its first minute.
 */

const EVENTS = `count(*) FILTER (WHERE kind = 'event')`;

/** Counts new deliveries. @param created an expression with `delivery_id`, `webhook_id`, `event`, `kind` */
export function countCreated(created: string): string {
  return `INSERT INTO count_deltas (webhook_id, event, bucket_at, slot_at, total, due)
     SELECT webhook_id, event, quarter_of(delivery_id), recent_slot_of(delivery_id), count(*), ${EVENTS}
     FROM ${created} WHERE kind <> 'test' GROUP BY 1, 2, 3, 4`;
}

/** Counts deliveries that were over when they were created. @param created as for {@link countCreated} */
export function countSkipped(created: string): string {
  return `INSERT INTO count_deltas (webhook_id, event, bucket_at, total, skipped)
     SELECT webhook_id, event, quarter_of(delivery_id), count(*), count(*)
     FROM ${created} WHERE kind <> 'test' GROUP BY 1, 2, 3`;
}

/** Counts deliveries that ended without an attempt. @param removed as for {@link countCreated} @param status SQL: how */
export function countCanceled(removed: string, status: string): string {
  return `INSERT INTO count_deltas (webhook_id, event, bucket_at, slot_at, canceled, skipped, due)
     SELECT webhook_id, event, quarter_of(delivery_id), recent_slot_of(delivery_id),
       count(*) FILTER (WHERE ${status} = 'canceled'), count(*) FILTER (WHERE ${status} = 'skipped'), -${EVENTS}
     FROM ${removed} WHERE kind <> 'test' GROUP BY 1, 2, 3, 4`;
}

/**
 * Counts attempts and the deliveries that they ended; of a test send only its time.
 *
 * @param attempted an expression with `delivery_id`, `webhook_id`, `event`, `kind`, `status` (after the attempt;
 * `pending`:
 *   it did not end the delivery), `started_at`, `duration_ms`
 */
export function countAttempts(attempted: string): string {
  const countOf = (status: string) => `count(*) FILTER (WHERE status = '${status}' AND kind <> 'test')`;
  return `INSERT INTO count_deltas (webhook_id, event, bucket_at, minute_at, slot_at, succeeded, failed, retried, delivered,
       duration_sum_ms, bins, last_attempt_at, last_success_at)
     SELECT webhook_id, event, quarter_of(delivery_id), date_trunc('minute', started_at), recent_slot_of(delivery_id),
       ${countOf('success')}, ${countOf('failed')}, ${countOf('pending')},
       count(*) FILTER (WHERE status = 'success' AND kind = 'event'),
       coalesce(sum(duration_ms::float8) FILTER (WHERE status <> 'pending' AND kind <> 'test'), 0),
       array_agg(duration_bin(duration_ms)) FILTER (WHERE kind <> 'test'),
       max(started_at), max(started_at) FILTER (WHERE status = 'success')
     FROM ${attempted} GROUP BY 1, 2, 3, 4, 5, status = 'pending'`;
}

/**
 * SQL: what `due` and `delivered` count of deliveries that are not due yet, folded or not, by webhook, event and slot.
 *
 * @param which a condition over `webhook_id`
 * @param dueBefore SQL of the instant from which on what was created is not due
 */
export function recentCounts(which: string, dueBefore: string): string {
  const columns = 'webhook_id, event, slot_at, due, delivered';
  return `SELECT ${columns} FROM recent_counts WHERE ${which} AND slot_at >= ${dueBefore}::timestamptz
    UNION ALL SELECT ${columns} FROM count_deltas WHERE ${which} AND slot_at >= ${dueBefore}::timestamptz`;
}

/** SQL: removes some of the deltas and returns them. @param returning further columns that are derived from each */
export function takeDeltas(limit: number, returning: string): string {
  return `DELETE FROM count_deltas WHERE ctid = ANY(ARRAY(SELECT ctid FROM count_deltas LIMIT ${String(limit)}))
    RETURNING *, ${returning}`;
}
