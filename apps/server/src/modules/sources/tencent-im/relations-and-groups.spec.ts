import { expect, it } from 'vitest';
import { tencentEvents, tencentPayloads } from '../../../testing/tencent-requests.js';

const EventTime = 1_764_489_600_500;
const PairList = [
  { From_Account: 'ann', To_Account: 'bob' },
  { From_Account: 'ann', To_Account: 'cyd' },
];

it.each([
  [
    'Sns.CallbackFriendAdd',
    'friend.added',
    [
      { ownerId: 'ann', friendId: 'bob' },
      { ownerId: 'ann', friendId: 'cyd' },
    ],
  ],
  ['Sns.CallbackFriendDelete', 'friend.deleted', [{ friendId: 'bob' }, { friendId: 'cyd' }]],
  [
    'Sns.CallbackBlackListAdd',
    'blacklist.added',
    [
      { ownerId: 'ann', blockedUserId: 'bob', createdAt: '2025-11-30T08:00:00.500Z' },
      { blockedUserId: 'cyd' },
    ],
  ],
  ['Sns.CallbackBlackListDelete', 'blacklist.removed', [{ ownerId: 'ann', blockedUserId: 'bob' }, {}]],
])('%s becomes %s for each pair, each with a repeat key of its own', (command, event, expected) => {
  const body = { CallbackCommand: command, PairList, EventTime };
  expect(tencentPayloads(command, body)).toMatchObject(expected.map((payload) => ({ event, payload })));
  const keys = tencentEvents(command, body).map(({ repeat }) => repeat?.key);
  expect(new Set(keys).size).toBe(2);
});

it('further fields of a pair are kept in extra of its event', () => {
  const pairs = [{ ...PairList[0], Initiator_Account: 'ann' }];
  const body = { PairList: pairs, ClientCmd: 'friend_add', Admin_Account: '', ForceFlag: 1 };
  const [event] = tencentPayloads('Sns.CallbackFriendAdd', body);
  expect(event?.payload).toEqual({
    ownerId: 'ann',
    friendId: 'bob',
    extra: {
      'tencent-im': { Initiator_Account: 'ann', ClientCmd: 'friend_add', Admin_Account: '', ForceFlag: 1 },
    },
  });
});

it.each([
  ['Login', 'Register', 'user.online'],
  ['Logout', 'Unregister', 'user.offline'],
  ['Disconnect', 'TimeOut', 'user.offline'],
  ['Sleep', 'Other', 'tencent-im.State.StateChange'],
])('a state change %s (%s) becomes %s', (Action, Reason, event) => {
  const body = {
    Info: { Action, To_Account: 'ann', Reason },
    KickedDevice: [{ Platform: 'Web' }],
    EventTime,
  };
  expect(tencentEvents('State.StateChange', body).map((each) => each.event)).toEqual([event]);
});

it.each([
  ['IOS', 'ios'],
  ['iOS', 'ios'],
  ['Android', 'android'],
  ['Mac', 'macos'],
  ['macOS', 'macos'],
  ['RESTAPI', 'restapi'],
  ['Unknown', undefined],
])('the platform %s is %s', (OptPlatform, platform) => {
  const body = { Info: { Action: 'Login', To_Account: 'ann', Reason: 'Register' }, EventTime };
  const [event] = tencentEvents('State.StateChange', body, { OptPlatform });
  expect(event?.data.platform).toBe(platform);
});

it('a changed profile becomes user.updated with the catalogue’s names and the vendor’s others', () => {
  const body = {
    Operator_Account: 'admin',
    From_Account: 'ann',
    EventTime,
    ProfileItem: [
      { Tag: 'Tag_Profile_IM_Nick', Value: 'Ann L.' },
      { Tag: 'Tag_Profile_IM_Image', Value: 'https://files.example.com/ann.png' },
      { Tag: 'Tag_Profile_IM_Level', Value: 7 },
    ],
  };
  expect(tencentPayloads('Profile.CallbackPortraitSet', body)).toEqual([
    {
      event: 'user.updated',
      payload: {
        userId: 'ann',
        nickname: 'Ann L.',
        avatarUrl: 'https://files.example.com/ann.png',
        changes: {
          nickname: 'Ann L.',
          avatarUrl: 'https://files.example.com/ann.png',
          Tag_Profile_IM_Level: 7,
        },
        extra: { 'tencent-im': { Operator_Account: 'admin' } },
      },
    },
  ]);
});

const group = { GroupId: '@TGS#1GROUP', Type: 'Public', EventTime: '1764489600500' };
const members = [{ Member_Account: 'bob' }, { Member_Account: 'cyd' }];

it.each([
  [
    'Group.CallbackAfterCreateGroup',
    { Operator_Account: 'root', Owner_Account: 'ann', Name: 'Plans', MemberList: members },
    'group.created',
    {
      name: 'Plans',
      ownerId: 'ann',
      operatorId: 'root',
      extra: { 'tencent-im': { Type: 'Public', MemberList: members } },
    },
  ],
  [
    'Group.CallbackAfterGroupInfoChanged',
    { Operator_Account: 'ann', Notification: 'Wednesdays', Name: 'Plans 2027' },
    'group.updated',
    { name: 'Plans 2027', operatorId: 'ann', changes: { name: 'Plans 2027', announcement: 'Wednesdays' } },
  ],
  [
    'Group.CallbackAfterGroupDestroyed',
    { Owner_Account: 'ann', Name: 'Plans', MemberList: members },
    'group.dismissed',
    { name: 'Plans', ownerId: 'ann' },
  ],
  [
    'Group.CallbackAfterChangeGroupOwner',
    { Operator_Account: 'admin', OldOwner_Account: 'ann', NewOwner_Account: 'bob' },
    'group.owner.changed',
    { ownerId: 'bob', previousOwnerId: 'ann', operatorId: 'admin' },
  ],
  [
    'Group.CallbackAfterNewMemberJoin',
    { JoinType: 'Invited', Operator_Account: 'ann', NewMemberList: members },
    'group.member.joined',
    { memberIds: ['bob', 'cyd'], operatorId: 'ann', extra: { 'tencent-im': { JoinType: 'Invited' } } },
  ],
  [
    'Group.CallbackAfterMemberExit',
    { ExitType: 'Kicked', Operator_Account: 'ann', ExitMemberList: members },
    'group.member.kicked',
    { memberIds: ['bob', 'cyd'], operatorId: 'ann' },
  ],
  [
    'Group.CallbackAfterMemberExit',
    { ExitType: 'Quit', Operator_Account: 'bob', ExitMemberList: [{ Member_Account: 'bob' }] },
    'group.member.left',
    { memberIds: ['bob'] },
  ],
])('%s with %j becomes %s', (command, body, event, expected) => {
  const [read] = tencentEvents(command, { ...group, ...body });
  expect(read).toMatchObject({
    event,
    conversationId: '@TGS#1GROUP',
    occurredAt: new Date(1_764_489_600_500),
  });
  expect(JSON.parse(read?.payload ?? '')).toMatchObject({ groupId: '@TGS#1GROUP', ...expected });
});

it.each([
  'Group.CallbackAfterGroupFull',
  'Group.CallbackOnMemberStateChange',
  'Group.CallbackAfterMemberFieldChanged',
  'Group.CallbackAfterGroupAttrChanged',
  'Group.CallbackAfterCreateTopic',
  'Group.CallbackAfterTopicDestroyed',
  'Group.CallbackAfterTopicInfoChanged',
  'Group.CallbackSendMsgException',
  'Group.CallbackAfterGroupMsgExtension',
  'C2C.CallbackAfterMsgReadAll',
  'Follow.CallbackAfterFollowAdd',
  'OfficialAccount.CallbackAfterSendMsg',
  'Something.Newer',
])('%s, which the catalogue has no event for, is delivered with the original body', (command) => {
  expect(tencentPayloads(command, { ...group, X: 1 })).toEqual([
    { event: `tencent-im.${command}`, payload: { ...group, X: 1 } },
  ]);
});

it.each([
  ['Sns.CallbackFriendAdd', { PairList: [] }],
  [
    'Sns.CallbackFriendAdd',
    { PairList: [{ From_Account: 'ann', To_Account: 'bob' }, { From_Account: 'ann' }] },
  ],
  ['Group.CallbackAfterNewMemberJoin', { GroupId: 'g1', NewMemberList: [{ Member_Account: '' }] }],
  ['Group.CallbackAfterMemberExit', { GroupId: 'g1', ExitType: 'Banned', ExitMemberList: members }],
])('%s with %j is one event with the original body, not some of its events', (command, body) => {
  expect(tencentPayloads(command, body)).toEqual([{ event: `tencent-im.${command}`, payload: body }]);
});

it('a list that would multiply a large body is one event with the original body', () => {
  const body = {
    PairList: Array.from({ length: 5_000 }, (_, index) => ({
      From_Account: 'ann',
      To_Account: `u${String(index)}`,
    })),
    Padding: 'x'.repeat(10_000),
  };
  expect(tencentEvents('Sns.CallbackFriendAdd', body)).toHaveLength(1);
  expect(tencentEvents('Sns.CallbackFriendAdd', { PairList: body.PairList })).toHaveLength(5_000);
});
