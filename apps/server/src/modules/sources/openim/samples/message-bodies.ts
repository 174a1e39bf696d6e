/** Holds bodies of OpenIM's commands about messages, reading, pushing, and conversations. */
import { fixed, type Bodies, type MakeBody, type SampleBody, type SampleIds } from './sample-body.js';

const single: MakeBody = (command, ids) => ({ ...message(command, ids, 1), recvID: 'u2' });
const group: MakeBody = (command, ids) => ({ ...message(command, ids, 3), groupID: 'g1' });

const CONTENT = JSON.stringify({ content: 'Hello <b> & 你好' });
const SHOWN_PUSH = {
  ...{ title: 'Ann', desc: 'Hello', ex: '', iOSPushSound: 'default', iOSBadgeCount: true, signalInfo: '' },
};

const singleChat = fixed({
  ...{ ownerUserId: 'u1', conversationId: 'si_u1_u2', conversationType: 1, userId: 'u2' },
  ...conversationSettings(),
});
const groupChat = fixed({
  ...{ ownerUserId: '', conversationId: 'sg_g1', conversationType: 3, groupId: 'g1' },
  ...conversationSettings(),
});

export const MESSAGE_BODIES: Bodies = {
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
  callbackAfterSingleMsgReadCommand: fixed({
    ...{ conversationID: 'si_u1_u2', userID: 'u2', Seqs: [41, 42], contentType: 1 },
  }),
  callbackAfterGroupMsgReadCommand: fixed({
    ...{ sendID: 'u2', receiveID: 'u2', unreadMsgNum: 42, contentType: 3 },
  }),
  callbackBeforeAfterMsgCommand: fixed({ conversationID: 'si_u1_u2', seq: 42, userID: 'u1' }),
  callbackBeforeOfflinePushCommand: push({ userIDList: ['u2'], ...SHOWN_PUSH }),
  callbackBeforeOnlinePushCommand: push({ userIDList: ['u2', 'u1'] }),
  callbackBeforeGroupOnlinePushCommand: push({}, { groupID: 'g1', sessionType: 3, seq: 42 }),
  callbackBeforeCreateSingleChatConversationsCommand: singleChat,
  callbackAfterCreateSingleChatConversationsCommand: singleChat,
  callbackBeforeCreateGroupChatConversationsCommand: groupChat,
  callbackAfterCreateGroupChatConversationsCommand: groupChat,
};

/** @param shown what stands before the message; @param others what differs in it from a message of two */
function push(shown: SampleBody, others: SampleBody = {}): MakeBody {
  return (callbackCommand, { operationID, clientMsgID }) => ({
    ...{ callbackCommand, operationID, platformID: 2, platform: 'Android', ...shown },
    ...{ clientMsgID, sendID: 'u1', groupID: '', contentType: 101, sessionType: 1, atUserIDList: null },
    content: CONTENT,
    ...others,
  });
}

function conversationSettings(): SampleBody {
  return {
    ...{ recvMsgOpt: 0, isPinned: false, isPrivateChat: false, burnDuration: 0, groupAtType: 0 },
    ...{ attachedInfo: '', ex: '' },
  };
}

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
    content: CONTENT,
    seq: 0,
    atUserList: null,
    faceURL: 'https://example.com/a.png?x=1&y=2',
    ex: '',
  };
}
