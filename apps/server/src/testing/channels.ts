/** Uses notification channels through the API. */
import type {
  ChannelTestResult,
  CreateChannelRequest,
  Notification,
  NotificationChannel,
} from '@im/contracts/api/notification-channels';
import { v7 as uuidV7 } from 'uuid';
import type { ApiClient } from './api-client.js';
import { eventually } from './app-under-test.js';
import type { TestDatabase } from './test-database.js';

export class Channels {
  constructor(private readonly client: ApiClient) {}

  add(channel: CreateChannelRequest): Promise<NotificationChannel> {
    return this.client.data('POST', '/notification-channels', { body: channel });
  }

  get({ channelId }: Pick<NotificationChannel, 'channelId'>): Promise<NotificationChannel> {
    return this.client.data('GET', `/notification-channels/${channelId}`);
  }

  change({ channelId }: NotificationChannel, body: Record<string, unknown>): Promise<NotificationChannel> {
    return this.client.data('PATCH', `/notification-channels/${channelId}`, { body });
  }

  test({ channelId }: NotificationChannel): Promise<ChannelTestResult> {
    return this.client.data('POST', `/notification-channels/${channelId}/test`);
  }

  log({ channelId }: NotificationChannel, query = ''): Promise<Notification[]> {
    return this.client.data('GET', `/notification-channels/${channelId}/notifications${query}`);
  }

  /** Waits until the log has this many matching notifications, and returns them, newest first. */
  logged(channel: NotificationChannel, like: Partial<Notification>, count = 1): Promise<Notification[]> {
    return eventually(async () => {
      const found = (await this.log(channel, '?limit=200')).filter((notification) =>
        Object.entries(like).every(([key, value]) => notification[key as keyof Notification] === value),
      );
      return found.length >= count ? found : undefined;
    });
  }
}

/** Makes everything that waits due now, and clears the pace of all channels. */
export async function makeNotificationsDue({ query }: Pick<TestDatabase, 'query'>): Promise<void> {
  await query(`UPDATE notifications SET next_attempt_at = now() WHERE status = 'pending'`);
  await query(`UPDATE notification_lanes SET rests_until = '-infinity', message_times = '{}'`);
}

/** Writes as many reminders of an alert into the outbox as there would be in a storm. */
export async function addNotices(
  { query }: Pick<TestDatabase, 'query'>,
  alertId: string,
  count: number,
): Promise<void> {
  await query(
    `INSERT INTO alert_notices (notice_id, app_id, alert_id, kind, severity, detail, created_at, deliver_after)
     SELECT i.notice_id, a.app_id, a.alert_id, 'reminder', a.severity, a.detail, now(), now()
     FROM unnest($2::uuid[]) AS i(notice_id), alerts a WHERE a.alert_id = $1`,
    [alertId, Array.from({ length: count }, () => uuidV7())],
  );
}
