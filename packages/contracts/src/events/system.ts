import { z } from 'zod';
import { defineEvent, field, KEYS_AT_TOP } from './define.js';
import { conversationTypeSchema, definePayload, idSchema, kindSchema, utcInstantSchema } from './fields.js';

export const systemNotificationSchema = definePayload({
  notificationType: field(
    kindSchema,
    'IM 服务端的通知类型，例如 OpenIM 的 contentType 编号。',
    'The IM server’s kind of notification, such as OpenIM’s contentType number.',
  ),
  messageId: field(
    idSchema,
    '承载此通知的消息 ID。',
    'The id of the message that carried the notification.',
  ).optional(),
  conversationId: field(idSchema, '相关会话 ID。', 'The id of the conversation concerned.').optional(),
  conversationType: field(
    conversationTypeSchema,
    '相关会话的类型：单聊、群聊、频道或系统会话。',
    'The kind of that conversation: one to one, group, channel or system.',
  ).optional(),
  senderId: field(
    idSchema,
    '通知的发出者，通常是触发通知的用户。',
    'Who the notification comes from, usually the user who caused it.',
  ).optional(),
  receiverId: field(idSchema, '接收通知的用户 ID。', 'The user id the notification is for.').optional(),
  groupId: field(idSchema, '相关群 ID。', 'The id of the group concerned.').optional(),
  content: field(
    z.unknown(),
    '通知内容，JSON，结构由 IM 服务端决定。',
    'The content, JSON; the IM server decides its shape.',
  ).optional(),
  text: field(z.string(), '通知的纯文本。', 'The notification as plain text.').optional(),
  sentAt: field(utcInstantSchema, '发出时间，ISO 8601 UTC。', 'When it was sent, ISO 8601 UTC.').optional(),
});
export type SystemNotificationPayload = z.infer<typeof systemNotificationSchema>;

export const systemEvents = [
  defineEvent('system.notification', {
    schema: systemNotificationSchema,
    indexKeys: KEYS_AT_TOP,
    example: {
      notificationType: '1509',
      messageId: '1985240088126332928',
      conversationId: 'group_g20533',
      conversationType: 'group',
      senderId: 'u10086',
      groupId: 'g20533',
      content: { inviterUserId: 'u10086', invitedUserIds: ['u10512', 'u10901'] },
      text: '林晓 邀请 2 人加入了群聊',
      sentAt: '2026-11-20T07:53:31.877Z',
    },
  }),
] as const;
