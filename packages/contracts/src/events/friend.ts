import { z } from 'zod';
import { defineEvent, field, KEYS_AT_TOP } from './define.js';
import { definePayload, idSchema, requestStatusSchema, utcInstantSchema } from './fields.js';

export const friendRequestSchema = definePayload({
  requestId: field(idSchema, '好友申请 ID。', 'The friend request’s id.').optional(),
  fromUserId: field(idSchema, '申请人用户 ID。', 'The user id of the person who asks.'),
  toUserId: field(idSchema, '被申请人用户 ID。', 'The user id of the person who is asked.'),
  message: field(z.string(), '申请附言。', 'The words that came with the request.').optional(),
  status: field(
    requestStatusSchema,
    '申请状态：待处理、已通过或已拒绝。',
    'The request’s state: pending, accepted or rejected.',
  ),
  handledBy: field(
    idSchema,
    '处理人用户 ID。',
    'The user id of the person who handled the request.',
  ).optional(),
  handleMessage: field(z.string(), '处理附言。', 'The words that came with the answer.').optional(),
  createdAt: field(
    utcInstantSchema,
    '申请时间，ISO 8601 UTC。',
    'When the request was made, ISO 8601 UTC.',
  ).optional(),
  handledAt: field(
    utcInstantSchema,
    '处理时间，ISO 8601 UTC。',
    'When the request was handled, ISO 8601 UTC.',
  ).optional(),
});
export type FriendRequestCallbackPayload = z.infer<typeof friendRequestSchema>;

export const friendSchema = definePayload({
  ownerId: field(idSchema, '好友关系所属的用户 ID。', 'The user id whose list of friends changed.'),
  friendId: field(idSchema, '好友的用户 ID。', 'The friend’s user id.'),
});
export type FriendPayload = z.infer<typeof friendSchema>;

const requestPayload = {
  schema: friendRequestSchema,
  indexKeys: KEYS_AT_TOP,
} as const;

const friendPayload = { schema: friendSchema, indexKeys: KEYS_AT_TOP } as const;

export const friendEvents = [
  defineEvent('friend.request.sent', {
    ...requestPayload,
    example: {
      requestId: 'fr-530117',
      fromUserId: 'u10233',
      toUserId: 'u10086',
      message: '你好，我是产品组的 Marta。',
      status: 'pending',
      createdAt: '2026-11-20T02:04:11.000Z',
    },
  }),
  defineEvent('friend.request.accepted', {
    ...requestPayload,
    example: {
      requestId: 'fr-530117',
      fromUserId: 'u10233',
      toUserId: 'u10086',
      message: '你好，我是产品组的 Marta。',
      status: 'accepted',
      handledBy: 'u10086',
      handleMessage: '欢迎加入！',
      createdAt: '2026-11-20T02:04:11.000Z',
      handledAt: '2026-11-20T02:31:56.240Z',
    },
  }),
  defineEvent('friend.request.rejected', {
    ...requestPayload,
    example: {
      requestId: 'fr-530142',
      fromUserId: 'u18804',
      toUserId: 'u10010',
      message: '加个好友，介绍一下我们的服务。',
      status: 'rejected',
      handledBy: 'u10010',
      handleMessage: '抱歉，我们不认识。',
      createdAt: '2026-11-20T03:15:40.512Z',
      handledAt: '2026-11-20T03:20:02.009Z',
    },
  }),
  defineEvent('friend.added', {
    ...friendPayload,
    example: { ownerId: 'u10086', friendId: 'u10233' },
  }),
  defineEvent('friend.deleted', {
    ...friendPayload,
    example: { ownerId: 'u10455', friendId: 'u10901' },
  }),
] as const;
