import type { Notification, NotificationChannel } from '@im/contracts/api/notification-channels';
import type { NotificationChannelRow } from './data/notification-channel.entity.js';
import type { LastNotification } from './data/notification-channels.repository.js';
import type { NotificationRow } from './data/notifications.repository.js';
import { MAX_ATTEMPTS } from './domain/retry-schedule.js';

/** @param appKeys by app id */
export function presentChannel(
  channel: NotificationChannelRow,
  appKeys: ReadonlyMap<string, string>,
  last: LastNotification | undefined,
): NotificationChannel {
  return {
    channelId: channel.channelId,
    kind: channel.kind,
    name: channel.name,
    enabled: channel.isEnabled,
    language: channel.language,
    minSeverity: channel.minSeverity,
    appKeys: channel.appIds.flatMap((appId) => appKeys.get(appId) ?? []),
    rules: channel.rules,
    url: channel.maskedUrl,
    hasSecret: channel.secretCiphertext !== null,
    email: channel.email,
    lastNotification: last
      ? { status: last.status, at: last.at.toISOString(), errorMessage: last.errorMessage }
      : null,
    createdAt: channel.createdAt.toISOString(),
    updatedAt: channel.updatedAt.toISOString(),
    createdBy: channel.createdBy,
  };
}

export function presentNotification(row: NotificationRow): Notification {
  return {
    ...row,
    maxAttempts: MAX_ATTEMPTS,
    createdAt: row.createdAt.toISOString(),
    lastAttemptAt: row.lastAttemptAt?.toISOString() ?? null,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    completedAt: row.completedAt?.toISOString() ?? null,
  };
}
