/** Lists OpenIM's commands about conversations that are made. The catalogue has no event for them. */
import { may, text, type OpenimCommand } from './describe.js';

const conversationMade = {
  since: '3.8.4',
  event: null,
  fields: {},
  conversation: text('conversationId'),
} as const;

const conversationChanges = [
  may('integer', 'recvMsgOpt'),
  may('yes or no', 'isPinned'),
  may('yes or no', 'isPrivateChat'),
  may('integer', 'burnDuration'),
  may('integer', 'groupAtType'),
  may('text', 'attachedInfo'),
  may('text', 'ex'),
];

const twice = {
  en: 'Twice for each chat, once for each side.',
  zh: '每个单聊触发两次，双方各一次。',
};

export const CONVERSATION_COMMANDS: readonly OpenimCommand[] = [
  {
    ...conversationMade,
    command: 'callbackBeforeCreateSingleChatConversationsCommand',
    configKey: 'beforeCreateSingleChatConversations',
    phase: 'before',
    changes: conversationChanges,
    note: twice,
  },
  {
    ...conversationMade,
    command: 'callbackAfterCreateSingleChatConversationsCommand',
    configKey: 'afterCreateSingleChatConversations',
    phase: 'after',
    changes: [],
    note: twice,
  },
  {
    ...conversationMade,
    command: 'callbackBeforeCreateGroupChatConversationsCommand',
    configKey: 'beforeCreateGroupChatConversations',
    phase: 'before',
    changes: conversationChanges,
  },
  {
    ...conversationMade,
    command: 'callbackAfterCreateGroupChatConversationsCommand',
    configKey: 'afterCreateGroupChatConversations',
    phase: 'after',
    changes: [],
  },
];
