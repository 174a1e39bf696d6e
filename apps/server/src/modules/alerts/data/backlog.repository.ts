/** Which webhooks have deliveries that are overdue: one probe of an index for each that has anything waiting. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

export interface OldestDue {
  webhookId: string;
  deliveryId: string;
  dueAt: Date;
}

/** Ahead of now lie what workers hold, renewed every few seconds, and retries. */
const HELD_AHEAD_MS = 15_000;

// Claims go by claimable_at, so what could be claimed for longest is oldest or nearly so; what a worker holds has its
// claimable_at a little ahead. Where the order of conversations is kept, ids tell the age. Looking at some rows of each
// is enough to tell whether a webhook is behind, and never reads a backlog of a million. What a recovery sends takes its
// time on purpose and is no backlog.
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
   * What has been due for longest, by webhook. A delivery is due from the instant of its next attempt: one that waits
   * for its retry in six hours is not.
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
