/** Lists the commands about messages: sent, edited, recalled, read, and those to bots. */
import { china, international, itemsOf, type TencentCommand } from './command.js';
import {
  c2cConversation,
  groupConversation,
  groupMessageId,
  id,
  meaning,
  members,
  mentioned,
  messagePart,
  millis,
  nested,
  platform,
  seconds,
  whole,
  type Field,
  type Fields,
} from './field-sources.js';
import { readReceipts } from './read-receipts.js';

const content: Fields = {
  contentType: messagePart('contentType'),
  content: messagePart('content'),
  text: messagePart('text'),
};

/** `MsgKey` is what the vendor's own interfaces name a one-to-one message by; `MsgSeq` is random and no sequence here. */
export const c2cMessage: Fields = {
  messageId: id('MsgKey'),
  clientMessageId: id('MsgId'),
  conversationId: c2cConversation('From_Account', 'To_Account'),
  conversationType: meaning('single'),
  senderId: id('From_Account'),
  senderPlatform: platform,
  receiverId: id('To_Account'),
  ...content,
  status: meaning('normal'),
  sentAt: seconds('MsgTime'),
};

export const groupMessage: Fields = {
  messageId: groupMessageId,
  clientMessageId: id('MsgId'),
  conversationId: groupConversation,
  conversationType: meaning('group'),
  senderId: id('From_Account'),
  senderPlatform: platform,
  groupId: id('GroupId'),
  ...content,
  mentionedUserIds: mentioned,
  seq: whole('MsgSeq'),
  status: meaning('normal'),
  sentAt: seconds('MsgTime'),
};

/** The sender's platform is not that of the person who edits or recalls. */
function changed(message: Fields, status: 'edited' | 'revoked', at: Fields): Fields {
  const { senderPlatform: _, ...known } = message;
  return { ...known, status: meaning(status), ...at, operatorId: id('Operator_Account') };
}

const c2c = (one: string, other: string): Field => c2cConversation(one, other);

export const MESSAGE_COMMANDS: readonly TencentCommand[] = [
  {
    command: 'C2C.CallbackAfterSendMsg',
    page: international(34365),
    // The command also comes when the message could not be delivered; then it is no `message.sent`.
    mappings: [
      { event: 'message.sent', only: { field: 'SendMsgResult', is: ['0', ''] }, fields: c2cMessage },
    ],
    conversation: c2c('From_Account', 'To_Account'),
    key: id('MsgKey'),
  },
  {
    command: 'C2C.CallbackAfterModifyMsg',
    page: china(128224),
    mappings: [
      { event: 'message.edited', fields: changed(c2cMessage, 'edited', { editedAt: millis('EventTime') }) },
    ],
    conversation: c2c('From_Account', 'To_Account'),
  },
  {
    command: 'C2C.CallbackAfterMsgWithDraw',
    page: international(43466),
    mappings: [
      {
        event: 'message.revoked',
        fields: changed(c2cMessage, 'revoked', { revokedAt: millis('EventTime') }),
      },
    ],
    conversation: c2c('From_Account', 'To_Account'),
  },
  {
    command: 'C2C.CallbackAfterMsgReport',
    page: international(43465),
    mappings: [
      {
        event: 'message.read',
        fields: {
          conversationId: c2c('Report_Account', 'Peer_Account'),
          conversationType: meaning('single'),
          readerId: id('Report_Account'),
          readAt: seconds('LastReadTime'),
        },
      },
    ],
    conversation: c2c('Report_Account', 'Peer_Account'),
  },
  {
    command: 'C2C.CallbackAfterMsgReadReceipt',
    page: china(128223),
    mappings: [
      {
        event: 'message.read',
        fields: {
          conversationId: c2c('Operator_Account', 'Peer_Account'),
          conversationType: meaning('single'),
          readerId: id('Operator_Account'),
          messageIds: members('C2CMsgInfo', 'MsgKey'),
          readAt: millis('EventTime'),
        },
      },
    ],
    conversation: c2c('Operator_Account', 'Peer_Account'),
  },
  // Names groups only, though it clears one-to-one conversations too.
  { command: 'C2C.CallbackAfterMsgReadAll', page: china(128225), mappings: [] },
  {
    command: 'C2C.CallbackAfterC2CMsgExtension',
    page: international(76006),
    mappings: [],
    conversation: c2c('From_Account', 'To_Account'),
  },
  {
    command: 'Group.CallbackAfterSendMsg',
    page: international(34375),
    mappings: [{ event: 'message.sent', fields: groupMessage }],
    conversation: groupConversation,
    key: groupMessageId,
  },
  {
    command: 'Group.CallbackAfterModifyMsg',
    page: china(129193),
    mappings: [
      { event: 'message.edited', fields: changed(groupMessage, 'edited', { editedAt: millis('EventTime') }) },
    ],
    conversation: groupConversation,
  },
  {
    command: 'Group.CallbackAfterRecallMsg',
    page: international(46979),
    mappings: [
      {
        event: 'message.revoked',
        each: itemsOf('MsgSeqList'),
        fields: changed(groupMessage, 'revoked', { revokedAt: millis('EventTime') }),
      },
    ],
    conversation: groupConversation,
  },
  {
    command: 'Group.CallbackAfterReadReceipt',
    page: international(60395),
    mappings: [
      {
        event: 'message.read',
        each: readReceipts,
        fields: {
          conversationId: groupConversation,
          conversationType: meaning('group'),
          readerId: id('Member_Account'),
          messageIds: {
            from: 'GroupMsgReceiptList[]: TopicId / GroupId + _ + MsgSeq',
            uses: ['MessageIds'],
            read: ({ body }) => body.MessageIds,
          },
          readAt: millis('EventTime'),
        },
      },
    ],
    conversation: groupConversation,
  },
  {
    command: 'Group.CallbackAfterGroupMsgExtension',
    page: international(76007),
    mappings: [],
    conversation: groupConversation,
  },
  {
    command: 'Group.CallbackSendMsgException',
    page: international(49462),
    mappings: [],
    conversation: groupConversation,
  },
  {
    command: 'Bot.OnC2CMessage',
    page: international(68952),
    mappings: [
      {
        event: 'bot.message',
        only: { field: 'SendMsgResult', is: ['0', ''] },
        fields: {
          botId: id('To_Account'),
          message: nested('as C2C.CallbackAfterSendMsg', c2cMessage),
          isMentioned: meaning(false),
        },
      },
    ],
    conversation: c2c('From_Account', 'To_Account'),
    key: id('MsgKey'),
  },
  {
    command: 'Bot.OnGroupMessage',
    page: international(68953),
    mappings: [
      {
        event: 'bot.message',
        each: {
          from: 'AtRobots_Account',
          items: ({ AtRobots_Account: bots }) =>
            Array.isArray(bots) ? bots.map((bot: unknown) => ({ AtRobots_Account: bot })) : undefined,
        },
        fields: {
          botId: id('AtRobots_Account'),
          message: nested('as Group.CallbackAfterSendMsg', groupMessage),
          isMentioned: meaning(true),
        },
      },
    ],
    conversation: groupConversation,
    key: groupMessageId,
  },
];
