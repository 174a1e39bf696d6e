/** Leases channels: one process at a time sends on a channel, so that its pace is kept. */
import { Injectable } from '@nestjs/common';
import type { AlertSeverity } from '@im/contracts/api/alerts';
import type { NotificationKind } from '@im/contracts/api/notification-channels';
import { DataSource } from 'typeorm';
import type { NoticeContent } from '../domain/notice.js';

export interface Lane {
  channelId: string;
  leaseId: string;
  /** The database's clock, Unix milliseconds. */
  nowMs: number;
  /** When messages went out of late, by the same clock. */
  messageTimesMs: number[];
}

export interface WaitingNotification {
  notificationId: string;
  kind: NotificationKind;
  severity: AlertSeverity;
  /** Made so far. */
  attempts: number;
  createdAt: Date;
  content: NoticeContent;
}

export interface RecordedAttempt {
  notificationId: string;
  /** This one included. */
  attempts: number;
  status: 'sent' | 'failed' | 'pending';
  /** null unless it is tried again. */
  retryInMs: number | null;
}

export interface RecordedAnswer {
  durationMs: number;
  responseStatus: number | null;
  responseBody: string | null;
  errorMessage: string | null;
}

const HAS_DUE = `EXISTS (SELECT 1 FROM notifications n
  WHERE n.channel_id = l.channel_id AND n.status = 'pending' AND n.next_attempt_at <= now())`;
const IS_FREE = 'l.leased_until <= now() AND l.rests_until <= now()';

@Injectable()
export class NotificationLanesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Unleased channels that have something to send, those that have waited longest first. */
  async due(limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ channelId: string }[]>(
      `SELECT l.channel_id AS "channelId" FROM notification_lanes l
       WHERE ${IS_FREE} AND ${HAS_DUE} ORDER BY l.rests_until, l.channel_id LIMIT $1`,
      [limit],
    );
    return rows.map(({ channelId }) => channelId);
  }

  /** @returns undefined when there is nothing to send, or another process has the lease */
  async claim(channelId: string, leaseId: string, leaseMs: number): Promise<Lane | undefined> {
    const rows = await this.dataSource.query<Lane[]>(
      `WITH claimed AS (
         UPDATE notification_lanes l SET lease_id = $2, leased_until = now() + $3::integer * interval '1 millisecond'
         WHERE l.channel_id = $1 AND ${IS_FREE} AND ${HAS_DUE} RETURNING l.*
       )
       SELECT channel_id AS "channelId", lease_id AS "leaseId", (extract(epoch FROM now()) * 1000)::float8 AS "nowMs",
         ARRAY(SELECT (extract(epoch FROM t) * 1000)::float8 FROM unnest(message_times) t) AS "messageTimesMs"
       FROM claimed`,
      [channelId, leaseId, leaseMs],
    );
    return rows[0];
  }

  /** Oldest first. */
  waiting(channelId: string, limit: number): Promise<WaitingNotification[]> {
    return this.dataSource.query<WaitingNotification[]>(
      `SELECT notification_id AS "notificationId", kind, severity, attempts, created_at AS "createdAt", content
       FROM notifications WHERE channel_id = $1 AND status = 'pending' AND next_attempt_at <= now()
       ORDER BY notification_id LIMIT $2`,
      [channelId, limit],
    );
  }

  /**
   * Records the outcome of a message and releases the lease, in one commit. When a lease ran out and two processes sent
   * the same notification, the second changes nothing.
   */
  async record(
    { channelId, leaseId }: Lane,
    attempts: readonly RecordedAttempt[],
    answer: RecordedAnswer,
    restMs: number | null,
  ): Promise<void> {
    await this.dataSource.query(
      `WITH lane AS (
         UPDATE notification_lanes SET
           lease_id = CASE WHEN lease_id = $2 THEN NULL ELSE lease_id END,
           leased_until = CASE WHEN lease_id = $2 THEN '-infinity' ELSE leased_until END,
           rests_until = greatest(rests_until, now() + $3::integer * interval '1 millisecond'),
           message_times = ARRAY(SELECT t FROM unnest(message_times) t WHERE t > now() - interval '1 minute') || now()
         WHERE channel_id = $1
       )
       UPDATE notifications n SET status = i.status, attempts = i.attempts, last_attempt_at = now(),
         next_attempt_at = now() + i.retry_in_ms * interval '1 millisecond',
         completed_at = CASE WHEN i.status <> 'pending' THEN now() END,
         duration_ms = $8, response_status = $9, response_body = $10, error_message = $11
       FROM unnest($4::uuid[], $5::integer[], $6::text[], $7::integer[]) AS i(notification_id, attempts, status, retry_in_ms)
       WHERE n.notification_id = i.notification_id AND n.status = 'pending' AND n.attempts = i.attempts - 1`,
      [
        channelId,
        leaseId,
        restMs ?? 0,
        attempts.map((each) => each.notificationId),
        attempts.map((each) => each.attempts),
        attempts.map((each) => each.status),
        attempts.map((each) => each.retryInMs),
        answer.durationMs,
        answer.responseStatus,
        answer.responseBody,
        answer.errorMessage,
      ],
    );
  }

  /** Releases the lease without having sent anything. @param restMs how long the channel rests */
  async release({ channelId, leaseId }: Lane, restMs: number): Promise<void> {
    await this.dataSource.query(
      `UPDATE notification_lanes SET lease_id = NULL, leased_until = '-infinity',
         rests_until = greatest(rests_until, now() + $3::integer * interval '1 millisecond')
       WHERE channel_id = $1 AND lease_id = $2`,
      [channelId, leaseId, restMs],
    );
  }
}
