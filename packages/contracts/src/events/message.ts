import { z } from 'zod';
import { defineEvent, field, KEYS_AT_TOP, KEYS_IN_MESSAGE } from './define.js';
import {
  conversationTypeSchema,
  definePayload,
  idListSchema,
  idSchema,
  idsSchema,
  utcInstantSchema,
} from './fields.js';
import { imMessageSchema } from './im-message.js';

export const messageReadSchema = definePayload({
  conversationId: field(idSchema, '会话 ID。', 'The conversation’s id.'),
  conversationType: field(
    conversationTypeSchema,
    '会话类型：单聊、群聊、频道或系统会话。',
    'The kind of conversation: one to one, group, channel or system.',
  ),
  readerId: field(idSchema, '已读用户 ID。', 'The user id of the reader.'),
  messageIds: field(
    idsSchema,
    '本次已读的消息 ID 列表。',
    'The ids of the messages this receipt covers.',
  ).optional(),
  readSeq: field(
    z.int().min(0),
    '已读到的会话序号，此序号及之前的消息均为已读。',
    'Everything up to and including this sequence number has been read.',
  ).optional(),
  readAt: field(utcInstantSchema, '已读时间，ISO 8601 UTC。', 'When it was read, ISO 8601 UTC.'),
});
export type MessageReadCallbackPayload = z.infer<typeof messageReadSchema>;

export const messageOfflineSchema = definePayload({
  message: field(
    imMessageSchema,
    '需要推送的消息，字段同 ImMessage。',
    'The message to push; its fields are those of ImMessage.',
  ),
  recipientIds: field(
    idListSchema,
    '当前离线、需要推送的用户 ID 列表。',
    'User ids that are offline and need a push.',
  ),
});
export type MessageOfflinePayload = z.infer<typeof messageOfflineSchema>;

const messagePayload = {
  schema: imMessageSchema,
  indexKeys: KEYS_AT_TOP,
} as const;

export const messageEvents = [
  defineEvent('message.sent', {
    ...messagePayload,
    example: {
      messageId: '1985214733290471424',
      clientMessageId: 'c-7f0a2b9e41d84c53',
      conversationId: 'single_u10086_u10010',
      conversationType: 'single',
      senderId: 'u10086',
      senderNickname: '林晓',
      senderPlatform: 'ios',
      receiverId: 'u10010',
      contentType: 'text',
      content: { text: '周五下午三点的评审会还照常吗？' },
      text: '周五下午三点的评审会还照常吗？',
      seq: 4182,
      status: 'normal',
      sentAt: '2026-11-20T06:12:45.318Z',
    },
  }),
  defineEvent('message.revoked', {
    ...messagePayload,
    example: {
      messageId: '1985216180452081664',
      clientMessageId: 'c-b3d15c0877aa4e1f',
      conversationId: 'group_g20391',
      conversationType: 'group',
      senderId: 'u10233',
      senderNickname: 'Marta Nowak',
      senderPlatform: 'android',
      groupId: 'g20391',
      contentType: 'image',
      content: {
        url: 'https://files.example.com/im/2026/11/20/whiteboard.jpg',
        width: 1920,
        height: 1080,
        sizeBytes: 418233,
      },
      seq: 90517,
      status: 'revoked',
      sentAt: '2026-11-20T06:18:30.102Z',
      revokedAt: '2026-11-20T06:19:04.871Z',
      operatorId: 'u10001',
    },
  }),
  defineEvent('message.edited', {
    ...messagePayload,
    example: {
      messageId: '1985218022347190272',
      conversationId: 'group_g20391',
      conversationType: 'group',
      senderId: 'u10086',
      senderNickname: '林晓',
      senderPlatform: 'web',
      groupId: 'g20391',
      contentType: 'text',
      content: { text: '@周然 发布改到 11 月 25 日，请更新日程。' },
      text: '@周然 发布改到 11 月 25 日，请更新日程。',
      mentionedUserIds: ['u10077'],
      replyToMessageId: '1985216991403155456',
      seq: 90524,
      status: 'edited',
      sentAt: '2026-11-20T06:25:49.006Z',
      editedAt: '2026-11-20T06:27:12.540Z',
      operatorId: 'u10086',
    },
  }),
  defineEvent('message.read', {
    schema: messageReadSchema,
    indexKeys: KEYS_AT_TOP,
    example: {
      conversationId: 'single_u10086_u10010',
      conversationType: 'single',
      readerId: 'u10010',
      messageIds: ['1985214733290471424', '1985214790018314240'],
      readSeq: 4183,
      readAt: '2026-11-20T06:13:20.774Z',
    },
  }),
  defineEvent('message.offline', {
    schema: messageOfflineSchema,
    indexKeys: KEYS_IN_MESSAGE,
    example: {
      message: {
        messageId: '1985220417339985920',
        conversationId: 'group_g20417',
        conversationType: 'group',
        senderId: 'u10455',
        senderNickname: '陈默',
        senderPlatform: 'windows',
        groupId: 'g20417',
        contentType: 'file',
        content: {
          url: 'https://files.example.com/im/2026/11/20/q4-budget.xlsx',
          fileName: '四季度预算.xlsx',
          sizeBytes: 88214,
        },
        text: '[文件] 四季度预算.xlsx',
        seq: 1206,
        status: 'normal',
        sentAt: '2026-11-20T06:35:20.415Z',
      },
      recipientIds: ['u10012', 'u10388', 'u10901'],
    },
  }),
] as const;
