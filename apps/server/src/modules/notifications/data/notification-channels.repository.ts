import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { NotificationStatus } from '@im/contracts/api/notification-channels';
import { LessThan, Repository } from 'typeorm';
import { NotificationChannelEntity, type NotificationChannelRow } from './notification-channel.entity.js';

const LOG_ROWS_AT_ONCE = 10_000;

export interface LastNotification {
  channelId: string;
  status: NotificationStatus;
  at: Date;
  errorMessage: string | null;
}

@Injectable()
export class NotificationChannelsRepository {
  constructor(
    @InjectRepository(NotificationChannelEntity)
    private readonly rows: Repository<NotificationChannelEntity>,
  ) {}

  /** @returns false when the tenant has as many as it may have */
  insert(channel: NotificationChannelRow, most: number): Promise<boolean> {
    return this.rows.manager.transaction(async (manager) => {
      // One at a time for each tenant, so that the limit cannot be passed.
      await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
        `notification-channels:${channel.tenantId}`,
      ]);
      if ((await manager.countBy(NotificationChannelEntity, { tenantId: channel.tenantId })) >= most)
        return false;
      await manager.insert(NotificationChannelEntity, channel);
      await manager.query('INSERT INTO notification_lanes (channel_id) VALUES ($1)', [channel.channelId]);
      return true;
    });
  }

  find(tenantId: string, channelId: string): Promise<NotificationChannelRow | null> {
    return this.rows.findOneBy({ tenantId, channelId });
  }

  findById(channelId: string): Promise<NotificationChannelRow | null> {
    return this.rows.findOneBy({ channelId });
  }

  /** Newest first; `beforeId` is the last id of the page before. */
  list(tenantId: string, limit: number, beforeId: string | null): Promise<NotificationChannelRow[]> {
    return this.rows.find({
      where: { tenantId, ...(beforeId !== null && { channelId: LessThan(beforeId) }) },
      order: { channelId: 'DESC' },
      take: limit,
    });
  }

  /** Cancels what waits for a channel that is disabled: days later it would only mislead. */
  async update(channelId: string, changes: Partial<NotificationChannelRow>): Promise<void> {
    await this.rows.manager.transaction(async (manager) => {
      await manager.update(NotificationChannelEntity, { channelId }, changes);
      if (changes.isEnabled !== false) return;
      await manager.query(
        `UPDATE notifications SET status = 'canceled', next_attempt_at = NULL, completed_at = now()
         WHERE channel_id = $1 AND status = 'pending'`,
        [channelId],
      );
    });
  }

  /** Deletes a channel and its log, most of which goes in chunks, so that no statement runs long. */
  async delete(channelId: string): Promise<void> {
    // Nothing more is written into it meanwhile; after an interruption a person deletes it again.
    await this.rows.update({ channelId }, { isEnabled: false });
    let deleted: number;
    do deleted = await this.deleteLog(channelId);
    while (deleted === LOG_ROWS_AT_ONCE);
    await this.rows.delete({ channelId });
  }

  private async deleteLog(channelId: string): Promise<number> {
    const [row] = await this.rows.query<{ deleted: number }[]>(
      `WITH deleted AS (
         DELETE FROM notifications WHERE notification_id IN (
           SELECT notification_id FROM notifications WHERE channel_id = $1 LIMIT $2) RETURNING 1
       ) SELECT count(*)::int AS deleted FROM deleted`,
      [channelId, LOG_ROWS_AT_ONCE],
    );
    return row?.deleted ?? 0;
  }

  /** The ids of the tenant's apps by AppKey. */
  async appIdsOf(tenantId: string, appKeys: readonly string[]): Promise<Map<string, string>> {
    if (appKeys.length === 0) return new Map();
    const rows = await this.rows.query<{ appId: string; appKey: string }[]>(
      `SELECT app_id AS "appId", app_key AS "appKey" FROM apps
       WHERE tenant_id = $1 AND app_key = ANY($2) AND deleted_at IS NULL`,
      [tenantId, appKeys],
    );
    return new Map(rows.map(({ appId, appKey }) => [appKey, appId]));
  }

  /** AppKeys by id, of deleted apps too: a channel limited to one of these must not look like one for all. */
  async appKeysOf(appIds: readonly string[]): Promise<Map<string, string>> {
    if (appIds.length === 0) return new Map();
    const rows = await this.rows.query<{ appId: string; appKey: string }[]>(
      'SELECT app_id AS "appId", app_key AS "appKey" FROM apps WHERE app_id = ANY($1)',
      [appIds],
    );
    return new Map(rows.map(({ appId, appKey }) => [appId, appKey]));
  }

  /** The newest notification of each channel that has one. */
  async lastOf(channelIds: readonly string[]): Promise<Map<string, LastNotification>> {
    const rows = await this.rows.query<LastNotification[]>(
      `SELECT c.channel_id AS "channelId", n.status, coalesce(n.last_attempt_at, n.created_at) AS at,
              n.error_message AS "errorMessage"
       FROM unnest($1::uuid[]) AS c(channel_id) CROSS JOIN LATERAL (
         SELECT * FROM notifications n WHERE n.channel_id = c.channel_id ORDER BY notification_id DESC LIMIT 1) n`,
      [channelIds],
    );
    return new Map(rows.map((row) => [row.channelId, row]));
  }
}
