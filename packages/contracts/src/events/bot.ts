import { z } from 'zod';
import { defineEvent, field, KEYS_IN_MESSAGE } from './define.js';
import { definePayload, idSchema } from './fields.js';
import { imMessageSchema } from './im-message.js';

export const botMessageSchema = definePayload({
  botId: field(idSchema, '收到消息的机器人 ID。', 'The id of the bot that got the message.'),
  message: field(
    imMessageSchema,
    '机器人收到的消息，字段同 ImMessage。',
    'The message the bot got; its fields are those of ImMessage.',
  ),
  isMentioned: field(z.boolean(), '消息是否 @ 了机器人。', 'Whether the message mentions the bot.'),
  replyText: field(
    z.string(),
    '被回复消息的文本。',
    'The text of the message that this one replies to.',
  ).optional(),
  sessionId: field(
    idSchema,
    '机器人会话（上下文）ID。',
    'The id of the session, the context, with the bot.',
  ).optional(),
});
export type BotMessagePayload = z.infer<typeof botMessageSchema>;

export const botEvents = [
  defineEvent('bot.message', {
    schema: botMessageSchema,
    indexKeys: KEYS_IN_MESSAGE,
    example: {
      botId: 'bot_helpdesk',
      message: {
        messageId: '1985231940772466688',
        conversationId: 'group_g20391',
        conversationType: 'group',
        senderId: 'u10077',
        senderNickname: '周然',
        senderPlatform: 'macos',
        groupId: 'g20391',
        contentType: 'text',
        content: { text: '@IT 服务台 测试环境的 VPN 证书今天到期了吗？' },
        text: '@IT 服务台 测试环境的 VPN 证书今天到期了吗？',
        mentionedUserIds: ['bot_helpdesk'],
        replyToMessageId: '1985231702548287488',
        seq: 90561,
        status: 'normal',
        sentAt: '2026-11-20T07:21:08.233Z',
      },
      isMentioned: true,
      replyText: '我这边连不上测试环境了',
      sessionId: 's-40217',
    },
  }),
] as const;
