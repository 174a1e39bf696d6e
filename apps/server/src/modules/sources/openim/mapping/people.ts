/** Lists OpenIM's commands about users, friends and blacklists. */
import {
  changesOf,
  constant,
  handled,
  may,
  platform,
  text,
  time,
  type FieldSources,
  type OpenimCommand,
} from './describe.js';

const PRESENCE: FieldSources = {
  userId: text('userID'),
  platform: platform('platformID', 'platform'),
  connectionId: text('connID'),
};

const presence = {
  phase: 'after',
  since: null,
  fields: PRESENCE,
  occurredAt: time('seq'),
  changes: [],
} as const;

const PROFILE = { nickname: 'nickName', avatarUrl: 'faceURL', ex: 'ex' };

/** @param unset what the body shows for a field that does not change */
function profile(...unset: unknown[]): FieldSources {
  return {
    userId: text('userID'),
    nickname: text('nickName'),
    avatarUrl: text('faceURL'),
    changes: changesOf(PROFILE, unset),
  };
}

const profileChanges = [
  may('text', 'nickName', 'nickname', 'changes.nickname'),
  may('text', 'faceURL', 'avatarUrl', 'changes.avatarUrl'),
  may('text', 'ex', 'changes.ex'),
];

const after = { phase: 'after', since: null, changes: [] } as const;
const before = { phase: 'before', since: null } as const;

const USER_COMMANDS: readonly OpenimCommand[] = [
  {
    ...presence,
    command: 'callbackAfterUserOnlineCommand',
    configKey: 'afterUserOnline',
    event: 'user.online',
  },
  {
    ...presence,
    command: 'callbackAfterUserOfflineCommand',
    configKey: 'afterUserOffline',
    event: 'user.offline',
  },
  {
    ...presence,
    command: 'callbackAfterUserKickOffCommand',
    configKey: 'afterUserKickOff',
    event: 'user.offline',
    keepsCommand: true,
    note: {
      en: 'No version since 3.7 sends it. `extra.openim.callbackCommand` tells it from a user who left.',
      zh: '3.7 起没有版本会发送。`extra.openim.callbackCommand` 用来与主动下线区分。',
    },
  },
  {
    ...before,
    command: 'callbackBeforeUserRegisterCommand',
    configKey: 'beforeUserRegister',
    event: null,
    fields: {},
    changes: [may('users', 'users')],
    note: { en: 'One question for all `users` of a call.', zh: '一次调用的所有 `users` 只询问一次。' },
  },
  {
    ...after,
    command: 'callbackAfterUserRegisterCommand',
    configKey: 'afterUserRegister',
    event: 'user.registered',
    each: { list: 'users', as: null },
    fields: { userId: text('userID'), nickname: text('nickname'), avatarUrl: text('faceURL') },
  },
  {
    ...before,
    command: 'callbackBeforeUpdateUserInfoCommand',
    configKey: 'beforeUpdateUserInfo',
    event: 'user.updated',
    fields: profile('', null),
    changes: profileChanges,
    note: { en: '`ex` is never filled in.', zh: '`ex` 从不填写。' },
  },
  {
    ...after,
    command: 'callbackAfterUpdateUserInfoCommand',
    configKey: 'afterUpdateUserInfo',
    event: 'user.updated',
    fields: profile('', null),
    note: { en: '`ex` is never filled in.', zh: '`ex` 从不填写。' },
  },
  {
    ...before,
    command: 'callbackBeforeUpdateUserInfoExCommand',
    configKey: 'beforeUpdateUserInfoEx',
    event: 'user.updated',
    fields: profile(null),
    changes: profileChanges.map((field) => ({ ...field, onlyWhenSet: true as const })),
    note: {
      en: 'Only fields that the request changes can be changed: OpenIM crashes over others.',
      zh: '只能修改请求中本来要改的字段：其他字段会让 OpenIM 崩溃。',
    },
  },
  {
    ...after,
    command: 'callbackAfterUpdateUserInfoExCommand',
    configKey: 'afterUpdateUserInfoEx',
    event: 'user.updated',
    fields: profile(null),
  },
];

const REQUEST: FieldSources = {
  fromUserId: text('fromUserID'),
  toUserId: text('toUserID'),
  message: text('reqMsg'),
  status: constant('pending'),
};

const AGREEMENT: FieldSources = {
  fromUserId: text('fromUserID'),
  toUserId: text('blackUserID', 'toUserID'),
  handleMessage: text('HandleMsg'),
  status: handled('HandleResult'),
};

const agreementNote = {
  en: 'Of agreements only. OpenIM calls who was asked `blackUserID`.',
  zh: '仅在同意时触发。OpenIM 把被申请人放在 `blackUserID` 里。',
};

const FRIEND_COMMANDS: readonly OpenimCommand[] = [
  {
    ...before,
    command: 'callbackBeforeAddFriendCommand',
    configKey: 'beforeAddFriend',
    event: 'friend.request.sent',
    fields: REQUEST,
    changes: [],
  },
  {
    ...after,
    command: 'callbackAfterAddFriendCommand',
    configKey: 'afterAddFriend',
    event: 'friend.request.sent',
    fields: REQUEST,
  },
  {
    ...before,
    command: 'callbackBeforeAddFriendAgreeCommand',
    configKey: 'beforeAddFriendAgree',
    event: 'friend.request.accepted',
    fields: AGREEMENT,
    changes: [],
    note: agreementNote,
  },
  {
    ...after,
    command: 'callbackAfterAddFriendAgreeCommand',
    configKey: 'afterAddFriendAgree',
    since: '3.8',
    event: 'friend.request.accepted',
    fields: AGREEMENT,
    note: agreementNote,
  },
  {
    ...after,
    command: 'callbackAfterDeleteFriendCommand',
    configKey: 'afterDeleteFriend',
    event: 'friend.deleted',
    fields: { ownerId: text('ownerUserID'), friendId: text('friendUserID') },
  },
  {
    ...before,
    command: 'callbackBeforeImportFriendsCommand',
    configKey: 'beforeImportFriends',
    event: null,
    fields: {},
    changes: [may('list of ids', 'friendUserIDs')],
  },
  {
    ...after,
    command: 'callbackAfterImportFriendsCommand',
    configKey: 'afterImportFriends',
    event: 'friend.added',
    each: { list: 'friendUserIDs', as: 'friendUserID' },
    fields: { ownerId: text('ownerUserID'), friendId: text('friendUserID') },
  },
  {
    ...before,
    command: 'callbackBeforeSetFriendRemarkCommand',
    configKey: 'beforeSetFriendRemark',
    event: null,
    fields: {},
    changes: [may('text', 'remark')],
  },
  {
    ...after,
    command: 'callbackAfterSetFriendRemarkCommand',
    configKey: 'afterSetFriendRemark',
    event: null,
    fields: {},
  },
  {
    ...before,
    command: 'callbackBeforeAddBlackCommand',
    configKey: 'beforeAddBlack',
    event: 'blacklist.added',
    fields: { ownerId: text('ownerUserID'), blockedUserId: text('blackUserID') },
    changes: [],
    note: { en: 'There is no callback afterwards.', zh: '没有对应的后置回调。' },
  },
  {
    ...after,
    command: 'callbackAfterRemoveBlackCommand',
    configKey: 'afterRemoveBlack',
    event: 'blacklist.removed',
    fields: { ownerId: text('ownerUserID'), blockedUserId: text('blackUserID') },
  },
];

export const PEOPLE_COMMANDS: readonly OpenimCommand[] = [...USER_COMMANDS, ...FRIEND_COMMANDS];
