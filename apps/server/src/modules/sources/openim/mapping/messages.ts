/** Lists OpenIM's commands about messages, reading, and pushing. */
import {
  constant,
  conversationType,
  count,
  last,
  may,
  platform,
  read,
  received,
  text,
  time,
  type FieldSources,
  type OpenimCommand,
} from './describe.js';

const IDS: FieldSources = {
  messageId: text('serverMsgID'),
  clientMessageId: text('clientMsgID'),
};

const CONTENT: FieldSources = {
  senderId: text('sendID'),
  senderNickname: text('senderNickname'),
  senderPlatform: platform('senderPlatformID'),
  contentType: read('contentType', 'contentType'),
  content: read('content', 'content'),
  text: read('words', 'content'),
  mentionedUserIds: read('mentions', 'atUserList'),
  replyToMessageId: read('quoted', 'content'),
  seq: count('seq'),
  status: constant('normal'),
  sentAt: time('sendTime', 'createTime'),
};

const MESSAGE: FieldSources = {
  ...IDS,
  conversationId: read('conversation', 'sessionType', 'sendID', 'recvID', 'groupID'),
  conversationType: conversationType('sessionType'),
  receiverId: text('recvID'),
  groupId: text('groupID'),
  ...CONTENT,
};

const NOTIFICATION: FieldSources = {
  notificationType: read('number', 'contentType'),
  messageId: text('serverMsgID'),
  conversationType: conversationType('sessionType'),
  senderId: text('sendID'),
  receiverId: text('recvID'),
  groupId: text('groupID'),
  content: read('content', 'content'),
  sentAt: time('sendTime', 'createTime'),
};

const sending = {
  event: 'message.sent',
  fields: MESSAGE,
  notification: NOTIFICATION,
  occurredAt: time('sendTime', 'createTime'),
  since: null,
  changes: [],
} as const;

const push = { phase: 'before', since: null, event: null, fields: {} } as const;

export const MESSAGE_COMMANDS: readonly OpenimCommand[] = [
  {
    ...sending,
    command: 'callbackBeforeSendSingleMsgCommand',
    configKey: 'beforeSendSingleMsg',
    phase: 'before',
    note: {
      en: 'Not asked of messages of OpenIM’s administrators. It cannot change a message: `beforeMsgModify` can.',
      zh: '管理员发送的消息不会触发。不能修改消息，修改请用 `beforeMsgModify`。',
    },
  },
  {
    ...sending,
    command: 'callbackAfterSendSingleMsgCommand',
    configKey: 'afterSendSingleMsg',
    phase: 'after',
    repeatedBy: 'serverMsgID',
    note: {
      en: 'Handed to the queue, not yet stored: no `seq`.',
      zh: '消息已进入队列、尚未入库：没有 `seq`。',
    },
  },
  {
    ...sending,
    command: 'callbackBeforeSendGroupMsgCommand',
    configKey: 'beforeSendGroupMsg',
    phase: 'before',
    note: {
      en: '3.8 asks of group notifications too: a refusal stops them.',
      zh: '3.8 的群通知也会触发：拒绝会拦下群通知。',
    },
  },
  {
    ...sending,
    command: 'callbackAfterSendGroupMsgCommand',
    configKey: 'afterSendGroupMsg',
    phase: 'after',
    repeatedBy: 'serverMsgID',
    note: {
      en: 'Handed to the queue, not yet stored: no `seq`.',
      zh: '消息已进入队列、尚未入库：没有 `seq`。',
    },
  },
  {
    ...sending,
    command: 'callbackBeforeMsgModifyCommand',
    configKey: 'beforeMsgModify',
    phase: 'before',
    fields: { ...IDS, conversationType: conversationType('sessionType'), ...CONTENT },
    lacks: 'conversationId',
    changes: [
      may('content', 'content', 'content', 'text'),
      may('content type', 'contentType'),
      may('text', 'senderNickname', 'senderNickname'),
      may('text', 'senderFaceURL', 'extra.openim.faceURL'),
      may('list of ids', 'atUserIDList', 'mentionedUserIds'),
      may('options', 'options'),
      may('text', 'attachedInfo'),
      may('text', 'ex', 'extra.openim.ex'),
    ],
    note: {
      en: 'The request names neither receiver nor group, so the question has no `conversationId`. 3.8: text messages only.',
      zh: '请求里没有接收者和群，因此询问没有 `conversationId`。3.8 仅限文本消息。',
    },
  },
  {
    ...sending,
    command: 'callbackAfterMsgSaveDBCommand',
    configKey: 'afterMsgSaveDB',
    phase: 'after',
    since: '3.8.4',
    repeatedBy: 'serverMsgID',
    note: {
      en: 'The same message as of `afterSendSingleMsg` or `afterSendGroupMsg`, later, with its `seq`: one event for both.',
      zh: '与 `afterSendSingleMsg`、`afterSendGroupMsg` 是同一条消息，稍晚到达并带 `seq`：两者只产生一个事件。',
    },
  },
  {
    command: 'callbackAfterSingleMsgReadCommand',
    configKey: 'afterSingleMsgRead',
    phase: 'after',
    since: null,
    event: 'message.read',
    fields: {
      conversationId: text('conversationID'),
      conversationType: conversationType('contentType', 'conversationID'),
      readerId: text('userID'),
      readSeq: last('Seqs', 'seqs'),
      readAt: received,
    },
    changes: [],
    note: {
      en: 'Comes of group conversations too. `Seqs` is often null: no `readSeq` then.',
      zh: '群会话也会触发。`Seqs` 常为 null，此时没有 `readSeq`。',
    },
  },
  {
    command: 'callbackAfterGroupMsgReadCommand',
    configKey: 'afterGroupMsgRead',
    phase: 'after',
    since: null,
    event: null,
    fields: {},
    changes: [],
    note: {
      en: 'Names no group. `unreadMsgNum` is the position read up to.',
      zh: '不含群 ID。`unreadMsgNum` 其实是已读位置。',
    },
  },
  {
    command: 'callbackBeforeAfterMsgCommand',
    configKey: 'afterRevokeMsg',
    phase: 'after',
    since: null,
    event: null,
    fields: {},
    conversation: text('conversationID'),
    changes: [],
    note: {
      en: 'A message was revoked: an after-callback, whatever its name. Conversation and `seq`, no message id.',
      zh: '消息被撤回：名字虽带 Before，实为后置回调。只有会话和 `seq`，没有消息 ID。',
    },
  },
  {
    ...push,
    command: 'callbackBeforeOfflinePushCommand',
    configKey: 'beforeOfflinePush',
    changes: [may('list of ids', 'userIDList'), may('push', 'offlinePushInfo')],
    note: {
      en: 'Of notifications too. A refusal skips the push only.',
      zh: '系统通知也会触发。拒绝只会跳过这次推送。',
    },
  },
  {
    ...push,
    command: 'callbackBeforeOnlinePushCommand',
    configKey: 'beforeOnlinePush',
    changes: [],
    note: {
      en: 'Of notifications too. A refusal skips the push only.',
      zh: '系统通知也会触发。拒绝只会跳过这次推送。',
    },
  },
  {
    ...push,
    command: 'callbackBeforeGroupOnlinePushCommand',
    configKey: 'beforeGroupOnlinePush',
    changes: [may('list of ids', 'userIDList')],
    note: {
      en: 'Of notifications too. A refusal skips the push only.',
      zh: '系统通知也会触发。拒绝只会跳过这次推送。',
    },
  },
];
