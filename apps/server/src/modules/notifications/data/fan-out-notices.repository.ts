/**
 * Fans the alerts' outbox out into a row for each channel that wants it, in one transaction, so that nothing is lost.
 */
import { Injectable } from '@nestjs/common';
import type { AlertRule, AlertSeverity } from '@im/contracts/api/alerts';
import type { NotificationKind } from '@im/contracts/api/notification-channels';
import { DataSource, type EntityManager } from 'typeorm';
import { ClaimNoticesService } from '../../alerts/claim-notices.service.js';
import type { DueNotice } from '../../alerts/domain/due-notice.js';
import type { NoticeContent } from '../domain/notice.js';

export interface ListeningChannel {
  channelId: string;
  tenantId: string;
  minSeverity: AlertSeverity;
  appIds: string[];
  rules: AlertRule[];
}

export interface NewNotification {
  notificationId: string;
  channelId: string;
  noticeId: string;
  appId: string;
  kind: NotificationKind;
  severity: AlertSeverity;
  createdAt: Date;
  content: NoticeContent;
}

@Injectable()
export class FanOutNoticesRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly notices: ClaimNoticesService,
  ) {}

  /**
   * @param address decides which channels get what
   * @returns how many notices there were, and the notifications made of them
   */
  fanOut(
    now: Date,
    limit: number,
    address: (notices: DueNotice[], channels: ListeningChannel[]) => NewNotification[],
  ): Promise<{ notices: number; notifications: NewNotification[] }> {
    return this.dataSource.transaction(async (manager) => {
      const due = await this.notices.claim(manager, now, limit);
      if (due.length === 0) return { notices: 0, notifications: [] };
      const tenantIds = [...new Set(due.map(({ app }) => app.tenantId))];
      const notifications = address(due, await listeningIn(manager, tenantIds));
      if (notifications.length > 0) await insert(manager, notifications);
      await this.notices.markHandled(
        manager,
        due.map(({ noticeId }) => noticeId),
        now,
      );
      return { notices: due.length, notifications };
    });
  }
}

/** Locks them, so that none is deleted or disabled before its notifications are written. */
function listeningIn(manager: EntityManager, tenantIds: string[]): Promise<ListeningChannel[]> {
  return manager.query<ListeningChannel[]>(
    `SELECT channel_id AS "channelId", tenant_id AS "tenantId", min_severity AS "minSeverity", app_ids AS "appIds", rules
     FROM notification_channels WHERE tenant_id = ANY($1) AND is_enabled ORDER BY channel_id FOR SHARE`,
    [tenantIds],
  );
}

async function insert(manager: EntityManager, rows: readonly NewNotification[]): Promise<void> {
  await manager.query(
    `INSERT INTO notifications
       (notification_id, channel_id, notice_id, app_id, kind, severity, created_at, next_attempt_at, content)
     SELECT i.notification_id, i.channel_id, i.notice_id, i.app_id, i.kind, i.severity, i.created_at, now(), i.content
     FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::timestamptz[], $8::jsonb[])
       AS i(notification_id, channel_id, notice_id, app_id, kind, severity, created_at, content)
     ON CONFLICT ON CONSTRAINT notifications_once_key DO NOTHING`,
    [
      rows.map((row) => row.notificationId),
      rows.map((row) => row.channelId),
      rows.map((row) => row.noticeId),
      rows.map((row) => row.appId),
      rows.map((row) => row.kind),
      rows.map((row) => row.severity),
      rows.map((row) => row.createdAt.toISOString()),
      rows.map((row) => JSON.stringify(row.content)),
    ],
  );
}
