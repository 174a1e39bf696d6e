/** Holds bodies of OpenIM's commands, with its order of keys. */

export type SampleBody = Readonly<Record<string, unknown>>;

export interface SampleIds {
  serverMsgID: string;
  clientMsgID: string;
  operationID: string;
  /** Milliseconds. */
  now: number;
}

/** @returns null: there is no sample of this command */
export function sampleBody(command: string, version: string, ids: SampleIds): SampleBody | null {
  const make = Object.hasOwn(BODIES, command) ? BODIES[command] : undefined;
  if (!make) return null;
  const body = make(command, ids);
  if (version !== '3.7' || !('sendTime' in body)) return body;
  // 3.7 does not say when a message was sent.
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'sendTime'));
}

type Make = (command: string, ids: SampleIds) => SampleBody;

const single: Make = (command, ids) => ({ ...message(command, ids, 1), recvID: 'u2' });
const group: Make = (command, ids) => ({ ...message(command, ids, 3), groupID: 'g1' });
const presence: Make = (callbackCommand, { now }) => ({
  callbackCommand,
  operationID: 'p_1_12',
  platformID: 2,
  platform: 'Android',
  userID: 'u1',
  seq: now,
});
const CONNECTION = '4c1a7e0d5b6f4c3e9a8d7b6c5e4f3a2b';

const BODIES: Readonly<Record<string, Make>> = {
  callbackBeforeSendSingleMsgCommand: single,
  callbackAfterSendSingleMsgCommand: single,
  callbackBeforeSendGroupMsgCommand: group,
  callbackAfterSendGroupMsgCommand: group,
  callbackBeforeMsgModifyCommand: (command, ids) => message(command, ids, 1),
  callbackAfterMsgSaveDBCommand: (command, ids) => ({
    ...message(command, ids, 1),
    status: 2,
    seq: 42,
    recvID: 'u2',
    groupID: '',
  }),
  callbackAfterSingleMsgReadCommand: (callbackCommand) => ({
    callbackCommand,
    conversationID: 'si_u1_u2',
    userID: 'u2',
    Seqs: [41, 42],
    contentType: 1,
  }),
  callbackBeforeAfterMsgCommand: (callbackCommand) => ({
    callbackCommand,
    conversationID: 'si_u1_u2',
    seq: 42,
    userID: 'u1',
  }),
  callbackAfterUserOnlineCommand: (command, ids) => ({
    ...presence(command, ids),
    isAppBackground: false,
    connID: CONNECTION,
  }),
  callbackAfterUserOfflineCommand: (command, ids) => ({ ...presence(command, ids), connID: CONNECTION }),
  callbackBeforeAddFriendCommand: (callbackCommand) => ({
    callbackCommand,
    fromUserID: 'u1',
    toUserID: 'u2',
    reqMsg: 'Hello',
    ex: '',
  }),
  callbackAfterAddFriendCommand: (callbackCommand) => ({
    callbackCommand,
    fromUserID: 'u1',
    toUserID: 'u2',
    reqMsg: 'Hello',
  }),
  callbackAfterJoinGroupCommand: (callbackCommand, { operationID }) => ({
    callbackCommand,
    operationID,
    groupID: 'g1',
    reqMessage: 'Let me in',
    joinSource: 3,
    inviterUserID: 'u5',
  }),
  callbackBeforeJoinGroupCommand: (callbackCommand) => ({
    callbackCommand,
    groupID: 'g1',
    groupType: '\u0002',
    applyID: 'u5',
    reqMessage: 'Let me in',
    ex: '',
  }),
  callbackAfterKickGroupCommand: (callbackCommand) => ({
    callbackCommand,
    groupID: 'g1',
    kickedUserIDs: ['u3', 'u4'],
    reason: 'spam',
  }),
  callbackBeforeSetGroupInfoCommand: (callbackCommand) => ({
    callbackCommand,
    operationID: '',
    groupID: 'g1',
    groupName: 'New name',
    notification: '',
    introduction: '',
    faceURL: '',
    ex: '',
    needVerification: 0,
    lookMemberInfo: 0,
    applyMemberFriend: 0,
  }),
};

function message(callbackCommand: string, ids: SampleIds, sessionType: number): SampleBody {
  return {
    sendID: 'u1',
    callbackCommand,
    serverMsgID: ids.serverMsgID,
    clientMsgID: ids.clientMsgID,
    operationID: ids.operationID,
    senderPlatformID: 5,
    senderNickname: 'Ann <test>',
    sessionType,
    msgFrom: 100,
    contentType: 101,
    status: 1,
    sendTime: ids.now,
    createTime: ids.now - 136,
    content: JSON.stringify({ content: 'Hello <b> & 你好' }),
    seq: 0,
    atUserList: null,
    faceURL: 'https://example.com/a.png?x=1&y=2',
    ex: '',
  };
}
