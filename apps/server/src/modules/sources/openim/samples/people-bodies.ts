/** Holds bodies of OpenIM's commands about users, friends and blacklists. */
import { fixed, type Bodies, type MakeBody } from './sample-body.js';

const CONNECTION = '4c1a7e0d5b6f4c3e9a8d7b6c5e4f3a2b';
const AVATAR = 'https://example.com/u1.png';

const presence: MakeBody = (callbackCommand, { now }) => ({
  callbackCommand,
  operationID: 'p_1_12',
  platformID: 2,
  platform: 'Android',
  userID: 'u1',
  seq: now,
});

const registered = fixed({
  users: [
    {
      ...{ userID: 'u7', nickname: 'Bob', faceURL: AVATAR, ex: '' },
      ...{ createTime: 0, appMangerLevel: 1, globalRecvMsgOpt: 0 },
    },
  ],
});
const renamed = fixed({ userID: 'u1', nickName: 'New name', faceURL: null, ex: null });
const agreement = fixed({ fromUserID: 'u1', blackUserID: 'u2', HandleResult: 1, HandleMsg: 'Welcome' });
const imported = fixed({ ownerUserID: 'u1', friendUserIDs: ['u3', 'u4'] });
const remark = fixed({ ownerUserID: 'u1', friendUserID: 'u2', remark: 'Ann from work' });
const blocked = fixed({ ownerUserID: 'u1', blackUserID: 'u9' });

export const PEOPLE_BODIES: Bodies = {
  callbackAfterUserOnlineCommand: (command, ids) => ({
    ...presence(command, ids),
    isAppBackground: false,
    connID: CONNECTION,
  }),
  callbackAfterUserOfflineCommand: (command, ids) => ({ ...presence(command, ids), connID: CONNECTION }),
  callbackAfterUserKickOffCommand: presence,
  callbackBeforeUserRegisterCommand: registered,
  callbackAfterUserRegisterCommand: registered,
  callbackBeforeUpdateUserInfoCommand: fixed({
    userID: 'u1',
    nickName: 'New name',
    faceURL: AVATAR,
    ex: null,
  }),
  callbackAfterUpdateUserInfoCommand: fixed({ userID: 'u1', nickName: 'New name', faceURL: AVATAR, ex: '' }),
  callbackBeforeUpdateUserInfoExCommand: renamed,
  callbackAfterUpdateUserInfoExCommand: renamed,
  callbackBeforeAddFriendCommand: fixed({ fromUserID: 'u1', toUserID: 'u2', reqMsg: 'Hello', ex: '' }),
  callbackAfterAddFriendCommand: fixed({ fromUserID: 'u1', toUserID: 'u2', reqMsg: 'Hello' }),
  callbackBeforeAddFriendAgreeCommand: agreement,
  callbackAfterAddFriendAgreeCommand: agreement,
  callbackAfterDeleteFriendCommand: fixed({ ownerUserID: 'u1', friendUserID: 'u2' }),
  callbackBeforeImportFriendsCommand: imported,
  callbackAfterImportFriendsCommand: imported,
  callbackBeforeSetFriendRemarkCommand: remark,
  callbackAfterSetFriendRemarkCommand: remark,
  callbackBeforeAddBlackCommand: blocked,
  callbackAfterRemoveBlackCommand: blocked,
};
