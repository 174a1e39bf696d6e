/** Makes a notification channel as the API answers it. */
import type { NotificationChannel } from '@im/contracts/api/notification-channels';

export function sampleChannel(overrides: Partial<NotificationChannel> = {}): NotificationChannel {
  return {
    channelId: 'c1',
    kind: 'dingtalk',
    name: '值班群',
    enabled: true,
    language: 'zh',
    minSeverity: 'warning',
    appKeys: [],
    rules: [],
    url: 'https://oapi.dingtalk.com/robot/send?access_token=****cdef',
    hasSecret: true,
    email: null,
    lastNotification: null,
    createdAt: '2026-05-21T08:00:00.000Z',
    updatedAt: '2026-05-21T08:00:00.000Z',
    createdBy: 'admin@example.com',
    ...overrides,
  };
}
