import { findEvent } from '@im/contracts/events/catalogue';
import { expect, it } from 'vitest';
import {
  C2C,
  GROUP,
  APPLY,
  INVITE,
  CREATE,
  ADD,
  RESPOND,
  rejecting,
} from '../../../testing/tencent-questions.js';
import { tencentBefore } from '../../../testing/tencent-requests.js';

it.each([
  ['C2C.CallbackBeforeSendMsg', C2C, 'message.sent', { messageId: C2C.MsgKey, text: 'buy now' }],
  [
    'Group.CallbackBeforeSendMsg',
    GROUP,
    'message.sent',
    { messageId: GROUP.MsgId, sentAt: '2025-11-30T08:00:00.700Z' },
  ],
  [
    'Group.CallbackBeforeApplyJoinGroup',
    APPLY,
    'group.join.request.sent',
    { groupId: 'g1', applicantId: 'ann', status: 'pending' },
  ],
  [
    'Group.CallbackBeforeInviteJoinGroup',
    INVITE,
    'group.member.joined',
    { memberIds: ['bob', 'cyd'], operatorId: 'ann' },
  ],
  [
    'Group.CallbackBeforeCreateGroup',
    { ...CREATE, GroupId: 'g9' },
    'group.created',
    { groupId: 'g9', name: 'Plans' },
  ],
  [
    'Sns.CallbackPrevFriendAdd',
    ADD,
    'friend.request.sent',
    { fromUserId: 'ann', toUserId: 'bob', message: 'It is Ann' },
  ],
  [
    'Sns.CallbackPrevFriendResponse',
    RESPOND,
    'friend.request.accepted',
    { fromUserId: 'ann', toUserId: 'bob', handledBy: 'bob' },
  ],
  ['Sns.CallbackPrevFriendResponse', rejecting, 'friend.request.rejected', { status: 'rejected' }],
])('%s asks about the event that would follow', (command, body, event, expected) => {
  const { question, patienceMs } = tencentBefore(command, body);
  expect(question.event).toBe(event);
  expect(JSON.parse(question.payload)).toMatchObject(expected);
  expect(findEvent(event)?.schema.safeParse(JSON.parse(question.payload)).success).toBe(true);
  expect(patienceMs).toBe(1_800);
});

it.each([
  ['Group.CallbackBeforeSendMsg', { ...GROUP, MsgId: undefined }],
  ['Group.CallbackBeforeCreateGroup', CREATE],
  ['Group.CallbackBeforeCreateTopic', { Operator_Account: 'ann', Type: 'Community', Name: 'Plans' }],
  ['Sns.CallbackPrevFriendAdd', { ...ADD, FriendItem: [{ To_Account: 'bob' }, { To_Account: 'cyd' }] }],
  ['OfficialAccount.CallbackBeforeSendMsg', { From_Account: 'ann' }],
])('%s that does not fit the catalogue asks with the original body', (command, body) => {
  const { question } = tencentBefore(command, body);
  expect(question.event).toBe(`tencent-im.${command}`);
  expect(JSON.parse(question.payload)).toEqual(JSON.parse(JSON.stringify(body)));
});

it('numbers beyond 2^53 in questions are written digit by digit', () => {
  const body = JSON.stringify(C2C).replace('"buy now"', '9007199254740993');
  const { question } = tencentBefore('C2C.CallbackBeforeSendMsg', body);
  expect(question.payload).toContain('{"Text":9007199254740993}');
});
