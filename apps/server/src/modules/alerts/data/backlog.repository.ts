/** Finds webhooks with overdue deliveries: one index look-up for each webhook that has pending ones. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

export interface OldestDue {
  webhookId: string;
  deliveryId: string;
  dueAt: Date;
}

/** Leased rows, renewed every few seconds, and retries are claimable later than now. */
const HELD_AHEAD_MS = 15_000;

// Claims go by claimable_at, so the first row by it is the oldest or nearly so; a leased row has its claimable_at a
// little ahead of now. With ordering by conversation, the id gives the age. A few rows of each webhook are enough to
// see whether it is behind, without reading a backlog of a million. Replays of a recovery are slow on purpose and are
// no backlog.
const OLDEST_DUE = `
  WITH RECURSIVE hop AS (
    (SELECT webhook_id, claimable_at FROM pending_deliveries WHERE conversation_id IS NULL AND recovery_id IS NULL
     ORDER BY webhook_id, claimable_at LIMIT 1)
    UNION ALL
    SELECT next.webhook_id, next.claimable_at FROM hop CROSS JOIN LATERAL (
      SELECT webhook_id, claimable_at FROM pending_deliveries
      WHERE conversation_id IS NULL AND recovery_id IS NULL AND webhook_id > hop.webhook_id ORDER BY webhook_id, claimable_at LIMIT 1) next
  ), ordered AS (
    (SELECT webhook_id FROM pending_deliveries WHERE conversation_id IS NOT NULL AND recovery_id IS NULL ORDER BY webhook_id LIMIT 1)
    UNION ALL
    SELECT next.webhook_id FROM ordered CROSS JOIN LATERAL (
      SELECT webhook_id FROM pending_deliveries
      WHERE conversation_id IS NOT NULL AND recovery_id IS NULL AND webhook_id > ordered.webhook_id ORDER BY webhook_id LIMIT 1) next
  ), waiting AS (
    SELECT w.* FROM hop CROSS JOIN LATERAL (
      (SELECT webhook_id, delivery_id, next_attempt_at FROM pending_deliveries p
       WHERE p.webhook_id = hop.webhook_id AND conversation_id IS NULL AND recovery_id IS NULL AND claimable_at <= $1
       ORDER BY claimable_at LIMIT 100)
      UNION ALL
      (SELECT webhook_id, delivery_id, next_attempt_at FROM pending_deliveries p
       WHERE p.webhook_id = hop.webhook_id AND conversation_id IS NULL AND recovery_id IS NULL AND claimable_at > $1
         AND claimable_at <= $1::timestamptz + $3::integer * interval '1 millisecond'
       ORDER BY claimable_at LIMIT 1000)) w
    WHERE hop.claimable_at <= $1::timestamptz + $3::integer * interval '1 millisecond'
    UNION ALL
    SELECT w.* FROM ordered CROSS JOIN LATERAL (
      SELECT webhook_id, delivery_id, next_attempt_at FROM pending_deliveries p
      WHERE p.webhook_id = ordered.webhook_id AND recovery_id IS NULL ORDER BY delivery_id NULLS FIRST LIMIT 1000) w
  ) SELECT DISTINCT ON (webhook_id) webhook_id AS "webhookId", delivery_id AS "deliveryId", next_attempt_at AS "dueAt"
    FROM waiting WHERE next_attempt_at < $1::timestamptz - $2::integer * interval '1 second'
    ORDER BY webhook_id, next_attempt_at`;

@Injectable()
export class BacklogRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Reads the delivery that has been due for longest, by webhook. A delivery is due from the instant of its next
   * attempt: one that waits for its retry in six hours is not.
   *
   * @param longerThanSeconds what has been due for less is left out
   */
  oldestDue(now: Date, longerThanSeconds: number): Promise<OldestDue[]> {
    return this.dataSource.query<OldestDue[]>(OLDEST_DUE, [
      now.toISOString(),
      longerThanSeconds,
      HELD_AHEAD_MS,
    ]);
  }
}
