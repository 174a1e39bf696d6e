/** Lists the commands that Tencent waits for the answer of: the question, and which answers the vendor's page allows. */
import { international, itemsOf, type Mapping, type TencentCommand } from './command.js';
import {
  c2cConversation,
  groupConversation,
  id,
  meaning,
  members,
  millis,
  text,
  type Fields,
} from './field-sources.js';
import { c2cMessage, groupMessage } from './message-commands.js';

export interface BeforeCommand extends TencentCommand {
  answer: {
    /**
     * How it is refused: by `ErrorCode`, or by a `ResultCode` for each item of the named list, where an `ErrorCode` means
     * that the app failed, which Tencent ignores.
     */
    refusedBy: 'ErrorCode' | { resultsOf: string };
    /** The first one refuses plainly. */
    codes: readonly number[];
    /** Codes of one's own, which the client is told with the reason. */
    ownCodes: readonly [from: number, to: number] | null;
    changes: 'message' | 'members' | null;
  };
}

/** `1` refuses, `2` drops the message and tells its sender that it was sent. */
const MESSAGE_CODES = [1, 2];
const GROUP_OWN_CODES = [10_100, 10_200] as const;
const FRIEND_OWN_CODES = [38_000, 39_000] as const;

const joinGroup = {
  refusedBy: 'ErrorCode',
  codes: [1],
  ownCodes: GROUP_OWN_CODES,
  changes: null,
} as const;

function friendAnswer(list: string): BeforeCommand['answer'] {
  const [first] = FRIEND_OWN_CODES;
  return { refusedBy: { resultsOf: list }, codes: [first], ownCodes: FRIEND_OWN_CODES, changes: null };
}

const { seq: _, ...unsent } = groupMessage;
/** Before it is sent a group message has no `MsgSeq` and no `MsgTime` yet. */
const groupMessageToSend: Fields = { ...unsent, messageId: id('MsgId'), sentAt: millis('EventTime') };

function friendResponse(event: string, status: string, actions: readonly string[]): Mapping {
  return {
    event,
    only: { field: 'ResponseAction', is: actions },
    each: itemsOf('ResponseFriendItem'),
    fields: {
      fromUserId: id('To_Account'),
      toUserId: id('From_Account'),
      status: meaning(status),
      handledBy: id('From_Account'),
      handledAt: millis('EventTime'),
    },
  };
}

export const BEFORE_COMMANDS: readonly BeforeCommand[] = [
  {
    command: 'C2C.CallbackBeforeSendMsg',
    page: international(34364),
    mappings: [{ event: 'message.sent', fields: c2cMessage }],
    conversation: c2cConversation('From_Account', 'To_Account'),
    answer: {
      refusedBy: 'ErrorCode',
      codes: MESSAGE_CODES,
      ownCodes: [120_001, 130_000],
      changes: 'message',
    },
  },
  {
    command: 'Group.CallbackBeforeSendMsg',
    page: international(34374),
    mappings: [{ event: 'message.sent', fields: groupMessageToSend }],
    conversation: groupConversation,
    answer: { refusedBy: 'ErrorCode', codes: MESSAGE_CODES, ownCodes: GROUP_OWN_CODES, changes: 'message' },
  },
  {
    command: 'Group.CallbackBeforeApplyJoinGroup',
    page: international(34370),
    mappings: [
      {
        event: 'group.join.request.sent',
        fields: {
          groupId: id('GroupId'),
          applicantId: id('Requestor_Account'),
          status: meaning('pending'),
          createdAt: millis('EventTime'),
        },
      },
    ],
    conversation: groupConversation,
    answer: joinGroup,
  },
  {
    command: 'Group.CallbackBeforeInviteJoinGroup',
    page: international(34371),
    mappings: [
      {
        event: 'group.member.joined',
        fields: {
          groupId: id('GroupId'),
          memberIds: members('DestinationMembers'),
          operatorId: id('Operator_Account'),
        },
      },
    ],
    conversation: groupConversation,
    answer: { ...joinGroup, changes: 'members' },
  },
  {
    command: 'Group.CallbackBeforeCreateGroup',
    page: international(34368),
    mappings: [
      {
        event: 'group.created',
        fields: {
          groupId: id('GroupId'),
          name: text('Name'),
          ownerId: id('Owner_Account'),
          operatorId: id('Operator_Account'),
        },
      },
    ],
    answer: joinGroup,
  },
  {
    command: 'Group.CallbackBeforeCreateTopic',
    page: international(49463),
    mappings: [],
    conversation: groupConversation,
    answer: joinGroup,
  },
  {
    command: 'Sns.CallbackPrevFriendAdd',
    page: international(43468),
    mappings: [
      {
        event: 'friend.request.sent',
        each: itemsOf('FriendItem'),
        fields: {
          fromUserId: id('From_Account'),
          toUserId: id('To_Account'),
          message: text('AddWording'),
          status: meaning('pending'),
          createdAt: millis('EventTime'),
        },
      },
    ],
    answer: friendAnswer('FriendItem'),
  },
  {
    command: 'Sns.CallbackPrevFriendResponse',
    page: international(43467),
    mappings: [
      friendResponse('friend.request.accepted', 'accepted', [
        'Response_Action_AgreeAndAdd',
        'Response_Action_Agree',
      ]),
      friendResponse('friend.request.rejected', 'rejected', ['Response_Action_Reject']),
    ],
    answer: friendAnswer('ResponseFriendItem'),
  },
];

/** For commands newer than the list: all pages know `1`. */
export const UNKNOWN_BEFORE: BeforeCommand['answer'] = {
  refusedBy: 'ErrorCode',
  codes: [1],
  ownCodes: null,
  changes: null,
};
