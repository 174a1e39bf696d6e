/** Lists every command that an IM server waits for the answer of, with the bytes of the answers, written from its own rules. */
import { readFileSync } from 'node:fs';
import type { SourceKind } from '@im/contracts/api/source-constants';
import { ADD, APPLY, C2C, CREATE, GROUP, INVITE, RESPOND } from './tencent-questions.js';

export interface BeforeCase {
  kind: SourceKind;
  command: string;
  body: string;
  /** What the event is called that is asked about. */
  event: string;
  /** Of a receiver that modifies; among them what the command cannot change. */
  changes: Record<string, unknown>;
  allowed: string;
  modified: string;
  /** With the receiver's code and reason. */
  denied: string;
  /** By the policy. */
  deniedPlainly: string;
}

export const DENIAL = { openim: 7_001, 'tencent-im': 10_150, reason: 'no <adverts>' } as const;

const KNOWN = JSON.parse(
  readFileSync(new URL('../modules/sources/openim/fixtures/commands.json', import.meta.url), 'utf8'),
) as { command: string; phase: string; exampleRequest: object }[];

/** Everywhere: a field that nothing has, and the server's own verdict, which is no change. */
const NEVER = { nothing: 1, nextCode: 1, errCode: 5_001, ErrorCode: 1, ActionStatus: 'FAIL' };

type OpenimRow = [
  command: string,
  event: string | null,
  changes: Record<string, unknown>,
  /** What the answer has after the five common fields. */
  repeated: string,
  changed: string,
];

const SET_4 = '"groupID":"g1","groupName":"G2","faceURL":"","introduction":""';
const SET_8 =
  '"groupID":"g1","groupName":"G2","faceURL":null,"introduction":null,"ex":null,"needVerification":1,"lookMemberInfo":null,"applyMemberFriend":null';
const PINNED = '"recvMsgOpt":2,"isPinned":true,"burnDuration":30,"ex":"e"';
const pinned = {
  recvMsgOpt: 2,
  isPinned: true,
  isPrivateChat: 1,
  burnDuration: 30,
  groupAtType: 'x',
  ex: 'e',
};
const message = { text: 'bye', content: { content: 'bye' }, senderNickname: 'Bob' };

const OPENIM: readonly OpenimRow[] = [
  ['BeforeSendSingleMsg', 'message.sent', message, '', ''],
  ['BeforeSendGroupMsg', 'message.sent', message, '', ''],
  [
    'BeforeMsgModify',
    'message.sent',
    { ...message, mentionedUserIds: ['u3'], contentType: 110, recvID: 'u9', groupID: 'g9', status: 4 },
    '',
    '"content":"{\\"content\\":\\"bye\\"}","contentType":110,"senderNickname":"Bob","atUserIDList":["u3"]',
  ],
  [
    'BeforeOfflinePush',
    null,
    { userIDList: ['u2'], offlinePushInfo: { title: 'New', desc: 5 } },
    '',
    '"userIDList":["u2"],"offlinePushInfo":{"title":"New","desc":"d","ex":"","iOSPushSound":"","signalInfo":"","iOSBadgeCount":true}',
  ],
  ['BeforeOnlinePush', null, { userIDList: ['u2'], offlinePushInfo: { title: 'New' } }, '', ''],
  ['BeforeGroupOnlinePush', null, { userIDList: ['u2'] }, '', '"userIDList":["u2"]'],
  [
    'BeforeUserRegister',
    null,
    { users: [{ userID: 'u1', nickname: 'Ann', appMangerLevel: 'x' }] },
    '',
    '"users":[{"userID":"u1","nickname":"Ann","faceURL":"","ex":"","createTime":0,"globalRecvMsgOpt":0}]',
  ],
  [
    'BeforeUpdateUserInfo',
    'user.updated',
    { nickname: 'Ann', avatarUrl: 'a', userId: 'u9' },
    '',
    '"nickName":"Ann","faceURL":"a"',
  ],
  ['BeforeUpdateUserInfoEx', 'user.updated', { nickname: 'Ann', avatarUrl: 'a' }, '', '"nickName":"Ann"'],
  ['BeforeAddFriend', 'friend.request.sent', { message: 'x', toUserId: 'u9' }, '', ''],
  ['BeforeAddFriendAgree', 'friend.request.accepted', { status: 'rejected' }, '', ''],
  ['BeforeImportFriends', null, { friendUserIDs: ['u3'] }, '', '"friendUserIDs":["u3"]'],
  ['BeforeSetFriendRemark', null, { remark: 'boss' }, '', '"remark":"boss"'],
  ['BeforeAddBlack', 'blacklist.added', { blockedUserId: 'u9' }, '', ''],
  [
    'BeforeCreateGroup',
    'group.created',
    {
      name: 'Plans',
      ownerId: 'u2',
      memberCount: 9,
      extra: { openim: { introduction: 'i', groupType: '2' } },
    },
    '',
    '"groupName":"Plans","introduction":"i","ownerUserID":"u2"',
  ],
  [
    'BeforeMembersJoinGroup',
    'group.member.joined',
    { memberCallbackList: [{ userID: 'u2', roleLevel: 60, nickname: 'Bo' }, { userID: 'u9' }] },
    '',
    '"memberCallbackList":[{"userID":"u2","nickname":"Bo","roleLevel":60}]',
  ],
  ['BeforeJoinGroup', 'group.join.request.sent', { groupId: 'g9', applicantId: 'u9' }, '', ''],
  ['BeforeInviteJoinGroup', null, { refusedMembersAccount: ['u3'], invitedUserIDs: [] }, '', ''],
  [
    'BeforeSetGroupInfo',
    'group.updated',
    { name: 'Plans', groupId: 'g9', notification: 'x', changes: { needVerification: 2 } },
    SET_4,
    '"groupID":"g1","groupName":"Plans","faceURL":"","introduction":"","needVerification":2',
  ],
  [
    'BeforeSetGroupInfoEx',
    'group.updated',
    { groupId: 'g9', changes: { introduction: 'i', ex: null } },
    SET_8,
    SET_8.replace('"introduction":null', '"introduction":"i"'),
  ],
  [
    'BeforeSetGroupMemberInfo',
    null,
    { nickName: 'Bo', roleLevel: '60', ex: 'e' },
    '',
    '"nickName":"Bo","ex":"e"',
  ],
  ['BeforeCreateSingleChatConversations', null, pinned, '', PINNED],
  ['BeforeCreateGroupChatConversations', null, pinned, '', PINNED],
];

function openimAnswer(verdict: [code: number, text: string, next: number], rest = ''): string {
  const [code, text, next] = verdict;
  const common = `"actionCode":0,"errCode":${String(code)},"errMsg":"${text}","errDlt":"${text}","nextCode":${String(next)}`;
  return `{${common}${rest === '' ? '' : ','}${rest}}`;
}

function openimCase([name, event, changes, repeated, changed]: OpenimRow): BeforeCase {
  const command = `callback${name}Command`;
  const known = KNOWN.find((each) => each.command === command);
  if (!known) throw new Error(`OpenIM has no ${command}`);
  return {
    ...{ kind: 'openim', command, body: JSON.stringify(known.exampleRequest) },
    event: event ?? `openim.${command}`,
    changes: { ...NEVER, ...changes },
    allowed: openimAnswer([0, '', 0], repeated),
    modified: openimAnswer([0, '', 0], changed),
    denied: openimAnswer([DENIAL.openim, DENIAL.reason, 1]),
    deniedPlainly: openimAnswer([5_001, 'denied', 1]),
  };
}

type TencentRow = [
  command: string,
  body: object,
  event: string,
  changes: Record<string, unknown>,
  changed: string,
  /** Whom a friend request is about: such are refused one by one. */
  friend?: string,
];

const TEXT = '"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"bye"}}]';
const custom = { extra: { 'tencent-im': { CloudCustomData: 'ours', From_Account: 'x' } } };

const TENCENT: readonly TencentRow[] = [
  [
    'C2C.CallbackBeforeSendMsg',
    C2C,
    'message.sent',
    { text: 'bye', receiverId: 'u9', ...custom },
    `${TEXT},"CloudCustomData":"ours"`,
  ],
  ['Group.CallbackBeforeSendMsg', GROUP, 'message.sent', { text: 'bye', groupId: 'g9' }, TEXT],
  ['Group.CallbackBeforeApplyJoinGroup', APPLY, 'group.join.request.sent', { groupId: 'g9' }, ''],
  [
    'Group.CallbackBeforeInviteJoinGroup',
    INVITE,
    'group.member.joined',
    { memberIds: ['cyd', 'u9'] },
    '"RefusedMembers_Account":["bob"]',
  ],
  [
    'Group.CallbackBeforeCreateGroup',
    CREATE,
    'tencent-im.Group.CallbackBeforeCreateGroup',
    { name: 'Other' },
    '',
  ],
  [
    'Group.CallbackBeforeCreateTopic',
    { GroupId: 'g1', TopicName: 'Tea' },
    'tencent-im.Group.CallbackBeforeCreateTopic',
    { TopicName: 'Coffee' },
    '',
  ],
  ['Sns.CallbackPrevFriendAdd', ADD, 'friend.request.sent', { toUserId: 'u9' }, '', 'bob'],
  ['Sns.CallbackPrevFriendResponse', RESPOND, 'friend.request.accepted', { status: 'rejected' }, '', 'ann'],
];

function tencentAnswer(code: number, info: string, rest: string, friend?: string): string {
  const [own, ownInfo] = friend === undefined ? [code, info] : [0, ''];
  const result = `"ResultItem":[{"To_Account":"${String(friend)}","ResultCode":${String(code)},"ResultInfo":"${info}"}]`;
  const parts = [
    `"ActionStatus":"OK","ErrorCode":${String(own)},"ErrorInfo":"${ownInfo}"`,
    ...(friend === undefined ? [] : [result]),
    ...(rest === '' ? [] : [rest]),
  ];
  return `{${parts.join(',')}}`;
}

function tencentCase([command, body, event, changes, changed, friend]: TencentRow): BeforeCase {
  const isC2c = command.startsWith('C2C');
  // Codes of one's own are of another range for each kind of command: others refuse plainly.
  const own = isC2c || friend !== undefined ? undefined : DENIAL['tencent-im'];
  const plain = friend === undefined ? 1 : 38_000;
  return {
    ...{ kind: 'tencent-im', command, body: JSON.stringify(body), event },
    changes: { ...NEVER, ...changes },
    allowed: tencentAnswer(0, '', '', friend),
    modified: tencentAnswer(0, '', changed, friend),
    denied: tencentAnswer(own ?? plain, DENIAL.reason, '', friend),
    deniedPlainly: tencentAnswer(plain, '', '', friend),
  };
}

export const BEFORE_CASES: readonly BeforeCase[] = [...OPENIM.map(openimCase), ...TENCENT.map(tencentCase)];
