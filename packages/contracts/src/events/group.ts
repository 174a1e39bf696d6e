import { z } from 'zod';
import { defineEvent, field, KEYS_AT_TOP } from './define.js';
import {
  changesSchema,
  definePayload,
  idListSchema,
  idSchema,
  requestStatusSchema,
  utcInstantSchema,
} from './fields.js';

export const groupJoinRequestSchema = definePayload({
  requestId: field(idSchema, '入群申请 ID。', 'The join request’s id.').optional(),
  groupId: field(idSchema, '群 ID。', 'The group’s id.'),
  groupName: field(z.string(), '群名称。', 'The group’s name.').optional(),
  applicantId: field(idSchema, '申请人用户 ID。', 'The user id of the person who wants to join.'),
  inviterId: field(
    idSchema,
    '邀请人用户 ID。',
    'The user id of the person who invited the applicant.',
  ).optional(),
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
export type GroupJoinRequestCallbackPayload = z.infer<typeof groupJoinRequestSchema>;

export const groupSchema = definePayload({
  groupId: field(idSchema, '群 ID。', 'The group’s id.'),
  name: field(z.string(), '群名称。', 'The group’s name.').optional(),
  ownerId: field(idSchema, '群主用户 ID。', 'The user id of the group’s owner.').optional(),
  previousOwnerId: field(
    idSchema,
    '转让前的群主用户 ID。',
    'The user id of the owner before a transfer.',
  ).optional(),
  operatorId: field(idSchema, '操作者用户 ID。', 'The user id of the person who did it.').optional(),
  memberCount: field(z.int().min(0), '群成员数。', 'How many members the group has.').optional(),
  changes: field(
    changesSchema,
    '变更的字段及其新值。',
    'The fields that changed, with their new values.',
  ).optional(),
});
export type GroupPayload = z.infer<typeof groupSchema>;

export const groupMemberSchema = definePayload({
  groupId: field(idSchema, '群 ID。', 'The group’s id.'),
  groupName: field(z.string(), '群名称。', 'The group’s name.').optional(),
  memberIds: field(idListSchema, '相关成员的用户 ID 列表。', 'User ids of the members concerned.'),
  operatorId: field(
    idSchema,
    '操作者用户 ID，例如邀请人或移出者。',
    'The user id of the person who did it, for example invited or removed them.',
  ).optional(),
  reason: field(z.string(), '原因说明。', 'The reason given.').optional(),
});
export type GroupMemberPayload = z.infer<typeof groupMemberSchema>;

const requestPayload = {
  schema: groupJoinRequestSchema,
  indexKeys: KEYS_AT_TOP,
} as const;

const groupPayload = { schema: groupSchema, indexKeys: KEYS_AT_TOP } as const;

const memberPayload = {
  schema: groupMemberSchema,
  indexKeys: KEYS_AT_TOP,
} as const;

export const groupEvents = [
  defineEvent('group.join.request.sent', {
    ...requestPayload,
    example: {
      requestId: 'gj-88031',
      groupId: 'g20391',
      groupName: '发布协调群',
      applicantId: 'u10512',
      inviterId: 'u10077',
      message: '负责移动端发布，申请入群。',
      status: 'pending',
      createdAt: '2026-11-20T08:40:03.120Z',
    },
  }),
  defineEvent('group.join.request.accepted', {
    ...requestPayload,
    example: {
      requestId: 'gj-88031',
      groupId: 'g20391',
      groupName: '发布协调群',
      applicantId: 'u10512',
      inviterId: 'u10077',
      message: '负责移动端发布，申请入群。',
      status: 'accepted',
      handledBy: 'u10001',
      handleMessage: '欢迎！',
      createdAt: '2026-11-20T08:40:03.120Z',
      handledAt: '2026-11-20T08:42:37.655Z',
    },
  }),
  defineEvent('group.join.request.rejected', {
    ...requestPayload,
    example: {
      requestId: 'gj-88049',
      groupId: 'g20417',
      groupName: '财务季度复盘',
      applicantId: 'u18804',
      message: '想了解一下预算情况。',
      status: 'rejected',
      handledBy: 'u10455',
      handleMessage: '本群仅限财务部成员。',
      createdAt: '2026-11-20T09:01:19.480Z',
      handledAt: '2026-11-20T09:05:44.002Z',
    },
  }),
  defineEvent('group.created', {
    ...groupPayload,
    example: {
      groupId: 'g20533',
      name: '年会筹备组',
      ownerId: 'u10086',
      operatorId: 'u10086',
      memberCount: 8,
    },
  }),
  defineEvent('group.updated', {
    ...groupPayload,
    example: {
      groupId: 'g20533',
      name: '2027 年会筹备组',
      ownerId: 'u10086',
      operatorId: 'u10077',
      memberCount: 11,
      changes: { name: '2027 年会筹备组', announcement: '每周三 17:00 例会' },
    },
  }),
  defineEvent('group.dismissed', {
    ...groupPayload,
    example: {
      groupId: 'g19007',
      name: '旧官网改版',
      ownerId: 'u10233',
      operatorId: 'u10233',
      memberCount: 5,
    },
  }),
  defineEvent('group.owner.changed', {
    ...groupPayload,
    example: {
      groupId: 'g20417',
      name: '财务季度复盘',
      ownerId: 'u10388',
      previousOwnerId: 'u10455',
      operatorId: 'u10455',
      memberCount: 24,
    },
  }),
  defineEvent('group.member.joined', {
    ...memberPayload,
    example: {
      groupId: 'g20533',
      groupName: '2027 年会筹备组',
      memberIds: ['u10512', 'u10901'],
      operatorId: 'u10086',
      reason: '邀请入群',
    },
  }),
  defineEvent('group.member.left', {
    ...memberPayload,
    example: { groupId: 'g20391', groupName: '发布协调群', memberIds: ['u10233'], reason: '工作调动' },
  }),
  defineEvent('group.member.kicked', {
    ...memberPayload,
    example: {
      groupId: 'g20391',
      groupName: '发布协调群',
      memberIds: ['u18804'],
      operatorId: 'u10001',
      reason: '多次发布广告',
    },
  }),
] as const;
