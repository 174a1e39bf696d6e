import { z } from 'zod';
import { defineEvent, field, KEYS_AT_TOP } from './define.js';
import { codeSchema, conversationTypeSchema, definePayload, idSchema, participantSchema } from './fields.js';

export const conversationOpenedSchema = definePayload({
  conversationId: field(idSchema, '被打开的会话 ID。', 'The id of the conversation that was opened.'),
  conversationType: field(
    conversationTypeSchema,
    '会话类型：单聊、群聊、频道或系统会话。',
    'The kind of conversation: one to one, group, channel or system.',
  ),
  groupType: field(
    codeSchema,
    'IM 服务端的群类型，仅群聊。',
    'The IM server’s kind of group, group conversations only.',
  ).optional(),
  name: field(z.string(), '会话名称。', 'The conversation’s name.').optional(),
  member: field(participantSchema, '打开会话的用户。', 'The user who opened it.'),
  operator: field(
    participantSchema,
    '触发此事件的操作者，与用户不同时提供。',
    'The person who caused it, if different.',
  ).optional(),
});
export type ConversationOpenedPayload = z.infer<typeof conversationOpenedSchema>;

export const conversationEvents = [
  defineEvent('conversation.opened', {
    schema: conversationOpenedSchema,
    indexKeys: KEYS_AT_TOP,
    example: {
      conversationId: 'single_u10086_bot_helpdesk',
      conversationType: 'single',
      name: 'IT 服务台',
      member: { userId: 'u10086', nickname: '林晓', isBot: false },
      operator: { userId: 'u10001', nickname: '系统管理员', isBot: false },
    },
  }),
] as const;
