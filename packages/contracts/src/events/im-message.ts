/** Defines the message: the payload of three events, and part of those of `message.offline` and `bot.message`. */
import { z } from 'zod';
import { field } from './define.js';
import {
  codeSchema,
  conversationTypeSchema,
  definePayload,
  idSchema,
  idsSchema,
  kindSchema,
  utcInstantSchema,
} from './fields.js';

const messageStatusSchema = z.enum(['normal', 'revoked', 'edited']);

export const imMessageSchema = definePayload({
  messageId: field(idSchema, '消息 ID，由 IM 服务端生成。', 'The message’s id, given by the IM server.'),
  clientMessageId: field(
    idSchema,
    '客户端生成的消息 ID，用于发送端去重。',
    'The id the sending client gave the message, used to drop duplicate sends.',
  ).optional(),
  conversationId: field(
    idSchema,
    '会话 ID，同一会话内的事件按此排序。',
    'The conversation’s id; events are ordered within it.',
  ),
  conversationType: field(
    conversationTypeSchema,
    '会话类型：单聊、群聊、频道或系统会话。',
    'The kind of conversation: one to one, group, channel or system.',
  ),
  senderId: field(idSchema, '发送者用户 ID。', 'The sender’s user id.'),
  senderNickname: field(
    z.string(),
    '发送时的发送者昵称。',
    'The sender’s nickname when it was sent.',
  ).optional(),
  senderPlatform: field(
    codeSchema,
    '发送端平台，例如 ios、android、web。',
    'The platform it was sent from, such as ios, android or web.',
  ).optional(),
  receiverId: field(
    idSchema,
    '接收者用户 ID，仅单聊。',
    'The receiver’s user id, one-to-one only.',
  ).optional(),
  groupId: field(idSchema, '群 ID，仅群聊。', 'The group’s id, group conversations only.').optional(),
  contentType: field(
    kindSchema,
    '内容类型：text、image、audio、video、file、location、card、merge、quote、custom，或 IM 服务端自有的类型。',
    'The kind of content: text, image, audio, video, file, location, card, merge, quote, custom, or one of the IM server’s own.',
  ),
  content: field(
    z.unknown(),
    '消息内容，JSON，结构取决于内容类型。',
    'The content, JSON; its shape depends on contentType.',
  ),
  text: field(
    z.string(),
    '消息的纯文本，没有文本时缺省。',
    'The message as plain text, when it has any.',
  ).optional(),
  mentionedUserIds: field(idsSchema, '被 @ 的用户 ID 列表。', 'User ids the message mentions.').optional(),
  replyToMessageId: field(
    idSchema,
    '所回复消息的 ID。',
    'The id of the message this one replies to.',
  ).optional(),
  seq: field(
    z.int().min(0),
    '消息在会话内的序号。',
    'The message’s sequence number in its conversation.',
  ).optional(),
  status: field(
    messageStatusSchema,
    '消息状态：正常、已撤回或已编辑。',
    'The message’s state: normal, revoked or edited.',
  ),
  sentAt: field(utcInstantSchema, '发送时间，ISO 8601 UTC。', 'When it was sent, ISO 8601 UTC.'),
  editedAt: field(
    utcInstantSchema,
    '最后编辑时间，ISO 8601 UTC。',
    'When it was last edited, ISO 8601 UTC.',
  ).optional(),
  revokedAt: field(
    utcInstantSchema,
    '撤回时间，ISO 8601 UTC。',
    'When it was revoked, ISO 8601 UTC.',
  ).optional(),
  operatorId: field(
    idSchema,
    '执行编辑或撤回的用户 ID。',
    'The user id of the person who edited or revoked it.',
  ).optional(),
});
/** A message, as the IM server knows it at the time of the event. The console calls it `ImMessageEntity`. */
export type ImMessage = z.infer<typeof imMessageSchema>;
