import { pageQuerySchema } from '../api/common.js';
import {
  channelTestResultSchema,
  createChannelRequestSchema,
  listNotificationsQuerySchema,
  notificationChannelSchema,
  notificationSchema,
  updateChannelRequestSchema,
} from '../api/notification-channels.js';
import { ADMIN_AND_DEVELOPER, ALL_ROLES, defineRoute, pageOf, singleOf } from './route.js';

const READ = { roles: ALL_ROLES, scope: 'alerts:read', isForWholeTenant: true } as const;
const WRITE = {
  roles: ADMIN_AND_DEVELOPER,
  scope: 'channels:write',
  widerScope: 'alerts:write',
  isForWholeTenant: true,
} as const;

const one = { status: 200, schema: singleOf(notificationChannelSchema) } as const;
const tag = 'notification-channels';

export const notificationChannelRoutes = {
  list: defineRoute({
    operationId: 'listNotificationChannels',
    method: 'GET',
    path: '/notification-channels',
    tag,
    summary: { en: 'List notification channels', zh: '列出通知渠道' },
    access: READ,
    query: pageQuerySchema,
    answer: { status: 200, schema: pageOf(notificationChannelSchema) },
  }),
  create: defineRoute({
    operationId: 'createNotificationChannel',
    method: 'POST',
    path: '/notification-channels',
    tag,
    summary: { en: 'Add a notification channel', zh: '新增通知渠道' },
    description: {
      en: '`kind` decides which further fields there are and cannot be changed later. URL, secret and password are kept sealed and never answered again.',
      zh: '`kind` 决定还需要哪些字段，之后不能更改。URL、密钥和密码加密保存，不会再返回。',
    },
    access: WRITE,
    audit: 'notification_channel.created',
    idempotency: { secrets: [] },
    body: createChannelRequestSchema,
    answer: { status: 201, schema: singleOf(notificationChannelSchema) },
    problems: ['conflict'],
  }),
  get: defineRoute({
    operationId: 'getNotificationChannel',
    method: 'GET',
    path: '/notification-channels/{channelId}',
    tag,
    summary: { en: 'One notification channel', zh: '查看通知渠道' },
    access: READ,
    answer: one,
  }),
  update: defineRoute({
    operationId: 'updateNotificationChannel',
    method: 'PATCH',
    path: '/notification-channels/{channelId}',
    tag,
    summary: { en: 'Change a notification channel', zh: '修改通知渠道' },
    description: {
      en: 'Absent fields stay. An absent or empty secret or password leaves it unchanged, `null` removes it. A stored password does not go along to another host, port, security or username: send it again. Disabling calls off what waits.',
      zh: '未给出的字段保持不变。密钥或密码缺省或为空表示不修改，`null` 表示移除。更改服务器、端口、加密方式或用户名时，已保存的密码不会沿用，需要重新提供。停用后，等待中的通知被取消。',
    },
    access: WRITE,
    audit: 'notification_channel.updated',
    body: updateChannelRequestSchema,
    answer: one,
  }),
  delete: defineRoute({
    operationId: 'deleteNotificationChannel',
    method: 'DELETE',
    path: '/notification-channels/{channelId}',
    tag,
    summary: { en: 'Delete a notification channel', zh: '删除通知渠道' },
    description: { en: 'Its log goes with it.', zh: '通知记录一并删除。' },
    access: WRITE,
    audit: 'notification_channel.deleted',
    answer: { status: 204 },
  }),
  test: defineRoute({
    operationId: 'testNotificationChannel',
    method: 'POST',
    path: '/notification-channels/{channelId}/test',
    tag,
    summary: { en: 'Send a test message now', zh: '立即发送测试消息' },
    description: {
      en: 'Waits for the answer and explains what is wrong. Works on a disabled channel too. A channel can be tested once every three seconds.',
      zh: '等待结果，并用文字说明问题所在。停用的渠道也可以测试。同一渠道每三秒可测试一次。',
    },
    access: WRITE,
    audit: 'notification_channel.tested',
    answer: { status: 200, schema: singleOf(channelTestResultSchema) },
    problems: ['too_many_requests'],
  }),
  notifications: defineRoute({
    operationId: 'listNotifications',
    method: 'GET',
    path: '/notification-channels/{channelId}/notifications',
    tag,
    summary: { en: "A channel's log", zh: '通知记录' },
    access: READ,
    query: listNotificationsQuerySchema,
    answer: { status: 200, schema: pageOf(notificationSchema) },
  }),
};
