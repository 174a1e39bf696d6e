import { z } from 'zod';
import { defineEvent, field, KEYS_AT_TOP } from './define.js';
import { changesSchema, codeSchema, definePayload, idSchema } from './fields.js';

export const userPresenceSchema = definePayload({
  userId: field(idSchema, '用户 ID。', 'The user’s id.'),
  platform: field(
    codeSchema,
    '上线或下线的平台，例如 ios、android、web。',
    'The platform that came or went, such as ios, android or web.',
  ).optional(),
  deviceFlag: field(
    z.int(),
    'IM 服务端的设备标识，例如 0 为 App、1 为网页、2 为桌面端。',
    'The IM server’s device flag, such as 0 for app, 1 for web, 2 for desktop.',
  ).optional(),
  connectionId: field(idSchema, '连接 ID。', 'The connection’s id.').optional(),
  deviceOnlineCount: field(
    z.int().min(0),
    '该设备类型当前的在线连接数。',
    'How many connections of this kind of device are online now.',
  ).optional(),
  totalOnlineCount: field(
    z.int().min(0),
    '该用户当前的在线连接总数。',
    'How many connections the user has online now, all devices together.',
  ).optional(),
});
export type UserPresencePayload = z.infer<typeof userPresenceSchema>;

export const userSchema = definePayload({
  userId: field(idSchema, '用户 ID。', 'The user’s id.'),
  nickname: field(z.string(), '用户昵称。', 'The user’s nickname.').optional(),
  avatarUrl: field(z.string(), '头像地址。', 'The address of the user’s picture.').optional(),
  changes: field(
    changesSchema,
    '变更的字段及其新值。',
    'The fields that changed, with their new values.',
  ).optional(),
});
export type UserPayload = z.infer<typeof userSchema>;

const presencePayload = {
  schema: userPresenceSchema,
  indexKeys: KEYS_AT_TOP,
} as const;

const userPayload = { schema: userSchema, indexKeys: KEYS_AT_TOP } as const;

export const userEvents = [
  defineEvent('user.online', {
    ...presencePayload,
    example: {
      userId: 'u10086',
      platform: 'ios',
      deviceFlag: 0,
      connectionId: '72310588',
      deviceOnlineCount: 1,
      totalOnlineCount: 2,
    },
  }),
  defineEvent('user.offline', {
    ...presencePayload,
    example: {
      userId: 'u10455',
      platform: 'web',
      deviceFlag: 1,
      connectionId: '72309174',
      deviceOnlineCount: 0,
      totalOnlineCount: 0,
    },
  }),
  defineEvent('user.registered', {
    ...userPayload,
    example: {
      userId: 'u20714',
      nickname: '周然',
      avatarUrl: 'https://files.example.com/avatars/u20714.png',
    },
  }),
  defineEvent('user.updated', {
    ...userPayload,
    example: {
      userId: 'u10233',
      nickname: 'Marta N.',
      avatarUrl: 'https://files.example.com/avatars/u10233-v2.png',
      changes: { nickname: 'Marta N.', avatarUrl: 'https://files.example.com/avatars/u10233-v2.png' },
    },
  }),
] as const;
