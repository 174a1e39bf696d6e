import { z } from 'zod';
import { defineEvent, field, KEYS_AT_TOP } from './define.js';
import { definePayload, idSchema, utcInstantSchema } from './fields.js';

export const blacklistSchema = definePayload({
  ownerId: field(idSchema, '黑名单所属的用户 ID。', 'The user id whose blacklist it is.'),
  blockedUserId: field(idSchema, '被拉黑的用户 ID。', 'The user id that is blocked.'),
  operatorId: field(
    idSchema,
    '操作者用户 ID，通常是黑名单所属用户。',
    'The user id of the person who did it, usually the owner.',
  ).optional(),
  createdAt: field(
    utcInstantSchema,
    '黑名单记录的创建时间，ISO 8601 UTC。',
    'When the entry was made, ISO 8601 UTC.',
  ).optional(),
});
export type BlacklistCallbackPayload = z.infer<typeof blacklistSchema>;

const blacklistPayload = {
  schema: blacklistSchema,
  indexKeys: KEYS_AT_TOP,
} as const;

export const blacklistEvents = [
  defineEvent('blacklist.added', {
    ...blacklistPayload,
    example: {
      ownerId: 'u10010',
      blockedUserId: 'u18804',
      operatorId: 'u10010',
      createdAt: '2026-11-20T03:20:31.700Z',
    },
  }),
  defineEvent('blacklist.removed', {
    ...blacklistPayload,
    example: {
      ownerId: 'u10388',
      blockedUserId: 'u10512',
      operatorId: 'u10001',
      createdAt: '2026-08-02T11:47:09.000Z',
    },
  }),
] as const;
