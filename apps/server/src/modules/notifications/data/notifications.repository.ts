/** Reads the log of a channel. */
import { Injectable } from '@nestjs/common';
import type { AlertRule, AlertSeverity } from '@im/contracts/api/alerts';
import type { NotificationKind, NotificationStatus } from '@im/contracts/api/notification-channels';
import { DataSource } from 'typeorm';

export interface NotificationRow {
  notificationId: string;
  channelId: string;
  appKey: string;
  kind: NotificationKind;
  severity: AlertSeverity;
  alertId: string | null;
  rule: AlertRule | null;
  webhookName: string | null;
  sourceName: string | null;
  alerts: number;
  status: NotificationStatus;
  attempts: number;
  createdAt: Date;
  lastAttemptAt: Date | null;
  nextAttemptAt: Date | null;
  completedAt: Date | null;
  durationMs: number | null;
  responseStatus: number | null;
  responseBody: string | null;
  errorMessage: string | null;
}

@Injectable()
export class NotificationsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first; `beforeId` is the last id of the page before. */
  list(
    { channelId, status }: { channelId: string; status?: NotificationStatus | undefined },
    limit: number,
    beforeId: string | null,
  ): Promise<NotificationRow[]> {
    return this.dataSource.query<NotificationRow[]>(
      `SELECT notification_id AS "notificationId", channel_id AS "channelId", content->'app'->>'appKey' AS "appKey",
              kind, severity,
              CASE WHEN kind <> 'summary' THEN content->'alerts'->0->>'alertId' END AS "alertId",
              CASE WHEN kind <> 'summary' THEN content->'alerts'->0->>'rule' END AS rule,
              CASE WHEN kind <> 'summary' THEN content->'alerts'->0->'detail'->>'webhookName' END AS "webhookName",
              CASE WHEN kind <> 'summary' THEN content->'alerts'->0->'detail'->>'sourceName' END AS "sourceName",
              coalesce((content->'counts'->>'total')::int, jsonb_array_length(content->'alerts')) AS alerts,
              status, attempts, created_at AS "createdAt", last_attempt_at AS "lastAttemptAt",
              next_attempt_at AS "nextAttemptAt", completed_at AS "completedAt", duration_ms AS "durationMs",
              response_status AS "responseStatus", response_body AS "responseBody", error_message AS "errorMessage"
       FROM notifications
       WHERE channel_id = $1 AND ($2::text IS NULL OR status = $2) AND ($3::uuid IS NULL OR notification_id < $3)
       ORDER BY notification_id DESC LIMIT $4`,
      [channelId, status, beforeId, limit],
    );
  }
}
