/** Lists OpenIM's commands about groups and their members. */
import {
  changesOf,
  constant,
  count,
  groupConversation,
  list,
  may,
  only,
  text,
  time,
  type FieldSources,
  type OpenimCommand,
} from './describe.js';

const conversation = groupConversation('groupID');
const after = { phase: 'after', since: null, changes: [], conversation } as const;
const before = { phase: 'before', since: null, conversation } as const;

const CREATED: FieldSources = {
  groupId: text('groupID'),
  name: text('groupName'),
  ownerId: text('ownerUserID'),
  operatorId: text('creatorUserID'),
  memberCount: count('memberCount'),
};

const UPDATED_NAMES = {
  name: 'groupName',
  announcement: 'notification',
  introduction: 'introduction',
  avatarUrl: 'faceURL',
  ex: 'ex',
  needVerification: 'needVerification',
  lookMemberInfo: 'lookMemberInfo',
  applyMemberFriend: 'applyMemberFriend',
};

/** @param unset what the body shows for a field that does not change */
function updated(...unset: unknown[]): FieldSources {
  return {
    groupId: text('groupID'),
    name: text('groupName'),
    changes: changesOf(UPDATED_NAMES, unset),
  };
}

const updatedChanges = [
  may('text', 'groupName', 'name', 'changes.name'),
  may('text', 'introduction', 'changes.introduction'),
  may('text', 'faceURL', 'changes.avatarUrl'),
  may('text', 'ex', 'changes.ex'),
  may('integer', 'needVerification', 'changes.needVerification'),
  may('integer', 'lookMemberInfo', 'changes.lookMemberInfo'),
  may('integer', 'applyMemberFriend', 'changes.applyMemberFriend'),
];

const extra = (name: string) => `extra.openim.${name}`;

export const GROUP_COMMANDS: readonly OpenimCommand[] = [
  {
    ...before,
    command: 'callbackBeforeCreateGroupCommand',
    configKey: 'beforeCreateGroup',
    event: 'group.created',
    fields: CREATED,
    changes: [
      may('text', 'groupID', 'groupId'),
      may('text', 'groupName', 'name'),
      may('text', 'notification', extra('notification')),
      may('text', 'introduction', extra('introduction')),
      may('text', 'faceURL', extra('faceURL')),
      may('text', 'ownerUserID', 'ownerId'),
      may('text', 'creatorUserID', 'operatorId'),
      may('text', 'ex', extra('ex')),
      may('integer', 'status', extra('status')),
      may('integer', 'groupType', extra('groupType')),
      may('integer', 'needVerification', extra('needVerification')),
      may('integer', 'lookMemberInfo', extra('lookMemberInfo')),
    ],
    note: {
      en: 'Without a group id (the server chooses it afterwards, as a rule) the original body is asked about.',
      zh: '没有群 ID 时（通常由服务端稍后生成）按原始请求体询问。',
    },
  },
  {
    ...after,
    command: 'callbackAfterCreateGroupCommand',
    configKey: 'afterCreateGroup',
    event: 'group.created',
    fields: CREATED,
    occurredAt: time('createTime'),
  },
  {
    ...before,
    command: 'callbackBeforeMembersJoinGroupCommand',
    configKey: 'beforeMemberJoinGroup',
    since: '3.8',
    event: 'group.member.joined',
    fields: { groupId: text('groupID'), memberIds: list('memberList.userID') },
    changes: [may('members', 'memberCallbackList')],
  },
  {
    ...before,
    command: 'callbackBeforeJoinGroupCommand',
    configKey: 'beforeApplyJoinGroup',
    event: 'group.join.request.sent',
    fields: {
      groupId: text('groupID'),
      applicantId: text('applyID'),
      message: text('reqMessage'),
      status: constant('pending'),
    },
    changes: [],
    note: {
      en: '`extra.openim.groupType` is a control character: its code is the type.',
      zh: '`extra.openim.groupType` 是控制字符，其码值即类型。',
    },
  },
  {
    ...after,
    command: 'callbackAfterJoinGroupCommand',
    configKey: 'afterJoinGroup',
    event: 'group.member.joined',
    fields: { groupId: text('groupID'), memberIds: only('inviterUserID') },
    note: {
      en: '`inviterUserID` is who joins. Only of groups that admit at once.',
      zh: '`inviterUserID` 就是入群者。仅限无需审批的群。',
    },
  },
  {
    ...before,
    command: 'callbackBeforeInviteJoinGroupCommand',
    configKey: 'beforeInviteUserToGroup',
    event: null,
    fields: {},
    changes: [],
    note: {
      en: 'Becomes joining or an application, as the group is set.',
      zh: '之后是直接入群还是申请，取决于群设置。',
    },
  },
  {
    ...before,
    command: 'callbackBeforeSetGroupInfoCommand',
    configKey: 'beforeSetGroupInfo',
    event: 'group.updated',
    fields: updated('', null, 0),
    changes: updatedChanges,
    echo: ['groupID', 'groupName', 'faceURL', 'introduction'],
    note: {
      en: 'Each answer repeats four fields: without them the group would lose its name, and the call fails.',
      zh: '每个应答都会回带四个字段：否则群名会被清空，操作失败。',
    },
  },
  {
    ...after,
    command: 'callbackAfterSetGroupInfoCommand',
    configKey: 'afterSetGroupInfo',
    event: 'group.updated',
    fields: updated('', null),
  },
  {
    ...before,
    command: 'callbackBeforeSetGroupInfoExCommand',
    configKey: 'beforeSetGroupInfoEx',
    since: '3.8',
    event: 'group.updated',
    fields: updated(null),
    changes: updatedChanges,
    echo: [
      ...['groupID', 'groupName', 'faceURL', 'introduction'],
      ...['ex', 'needVerification', 'lookMemberInfo', 'applyMemberFriend'],
    ],
    echoesNull: true,
    note: {
      en: 'Each answer repeats eight fields, null as null: without them the changes are dropped, and the call fails.',
      zh: '每个应答都会原样回带八个字段（null 仍为 null）：否则修改丢失，操作失败。',
    },
  },
  {
    ...after,
    command: 'callbackAfterSetGroupInfoExCommand',
    configKey: 'afterSetGroupInfoEx',
    since: '3.8',
    event: 'group.updated',
    fields: updated(null),
  },
  {
    ...before,
    command: 'callbackBeforeSetGroupMemberInfoCommand',
    configKey: 'beforeSetGroupMemberInfo',
    event: null,
    fields: {},
    changes: [
      may('text', 'nickName'),
      may('text', 'faceURL'),
      may('integer', 'roleLevel'),
      may('text', 'ex'),
    ],
  },
  {
    ...after,
    command: 'callbackAfterSetGroupMemberInfoCommand',
    configKey: 'afterSetGroupMemberInfo',
    event: null,
    fields: {},
  },
  {
    ...after,
    command: 'callbackAfterQuitGroupCommand',
    configKey: 'afterQuitGroup',
    event: 'group.member.left',
    fields: { groupId: text('groupID'), memberIds: only('userID') },
  },
  {
    ...after,
    command: 'callbackAfterKickGroupCommand',
    configKey: 'afterKickGroupMember',
    event: 'group.member.kicked',
    fields: { groupId: text('groupID'), memberIds: list('kickedUserIDs'), reason: text('reason') },
  },
  {
    ...after,
    command: 'callbackAfterDisMissGroupCommand',
    configKey: 'afterDismissGroup',
    event: 'group.dismissed',
    fields: { groupId: text('groupID'), ownerId: text('ownerID') },
    note: {
      en: 'The members are in `extra.openim.membersID`.',
      zh: '成员列表在 `extra.openim.membersID`。',
    },
  },
  {
    ...after,
    command: 'callbackAfterTransferGroupOwnerCommand',
    configKey: 'afterTransferGroupOwner',
    event: 'group.owner.changed',
    fields: {
      groupId: text('groupID'),
      ownerId: text('newOwnerUserID'),
      previousOwnerId: text('oldOwnerUserID'),
    },
  },
];
