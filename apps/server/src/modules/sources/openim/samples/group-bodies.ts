/** Holds bodies of OpenIM's commands about groups and their members. */
import { fixed, fixedWithOperation, type Bodies, type SampleBody } from './sample-body.js';

const AVATAR = 'https://example.com/g1.png';
/** OpenIM writes this number as the character of that code. */
const WORKING_GROUP = '\u0002';

const renamed = fixed({
  ...{ operationID: '', groupID: 'g1', groupName: 'New name', notification: null, introduction: null },
  ...{ faceURL: null, ex: null, needVerification: 2, lookMemberInfo: null, applyMemberFriend: null },
});
const promoted = fixed({
  ...{ groupID: 'g1', userID: 'u3', nickName: 'Cyd', faceURL: null, roleLevel: 60, ex: null },
});

export const GROUP_BODIES: Bodies = {
  // Its own order of keys, and no id yet: the server chooses it afterwards.
  callbackBeforeCreateGroupCommand: (callbackCommand, { operationID }) => ({
    ...{ operationID, callbackCommand },
    ...created({ groupID: '', createTime: 0, memberCount: 0 }),
  }),
  callbackAfterCreateGroupCommand: (callbackCommand, { now }) => ({
    callbackCommand,
    ...created({ groupID: 'g1', createTime: now, memberCount: 3 }),
  }),
  callbackBeforeMembersJoinGroupCommand: fixed({
    groupID: 'g1',
    memberList: [
      { userID: 'u3', ex: '' },
      { userID: 'u4', ex: '' },
    ],
    groupEx: '',
  }),
  callbackBeforeJoinGroupCommand: fixed({
    ...{ groupID: 'g1', groupType: WORKING_GROUP, applyID: 'u5', reqMessage: 'Let me in', ex: '' },
  }),
  callbackAfterJoinGroupCommand: fixedWithOperation({
    ...{ groupID: 'g1', reqMessage: 'Let me in', joinSource: 3, inviterUserID: 'u5' },
  }),
  callbackBeforeInviteJoinGroupCommand: fixedWithOperation({
    ...{ groupID: 'g1', reason: 'Join us', invitedUserIDs: ['u6'] },
  }),
  callbackBeforeSetGroupInfoCommand: fixed({
    ...{ operationID: '', groupID: 'g1', groupName: 'New name', notification: '', introduction: '' },
    ...{ faceURL: '', ex: '', needVerification: 0, lookMemberInfo: 0, applyMemberFriend: 0 },
  }),
  callbackAfterSetGroupInfoCommand: fixed({
    ...{ operationID: '', groupID: 'g1', groupName: 'New name', notification: '', introduction: '' },
    ...{ faceURL: '', ex: null, needVerification: null, lookMemberInfo: null, applyMemberFriend: null },
  }),
  callbackBeforeSetGroupInfoExCommand: renamed,
  callbackAfterSetGroupInfoExCommand: renamed,
  callbackBeforeSetGroupMemberInfoCommand: promoted,
  callbackAfterSetGroupMemberInfoCommand: promoted,
  callbackAfterQuitGroupCommand: fixed({ groupID: 'g1', userID: 'u3' }),
  callbackAfterKickGroupCommand: fixed({ groupID: 'g1', kickedUserIDs: ['u3', 'u4'], reason: 'spam' }),
  callbackAfterDisMissGroupCommand: fixed({
    ...{ groupID: 'g1', ownerID: 'u1', groupType: WORKING_GROUP, membersID: ['u1', 'u2'] },
  }),
  callbackAfterTransferGroupOwnerCommand: fixed({
    ...{ groupID: 'g1', oldOwnerUserID: 'u1', newOwnerUserID: 'u2' },
  }),
};

function created({ groupID, createTime, memberCount }: SampleBody): SampleBody {
  return {
    ...{ groupID, groupName: 'Plans <1>', notification: '', introduction: 'What comes next' },
    ...{ faceURL: AVATAR, ownerUserID: 'u1', createTime, memberCount, ex: '', status: 0 },
    ...{ creatorUserID: 'u1', groupType: 2, needVerification: 1, lookMemberInfo: 0, applyMemberFriend: 0 },
    ...{ notificationUpdateTime: 0, notificationUserID: '' },
    initMemberList: [
      { userID: 'u1', roleLevel: 100 },
      { userID: 'u2', roleLevel: 60 },
      { userID: 'u3', roleLevel: 20 },
    ],
  };
}
