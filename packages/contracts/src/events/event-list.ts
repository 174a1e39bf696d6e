/** Lists the built-in events with their names and texts, in the order tables show them; `defineEvent` adds their schemas. */

export interface ListedEvent {
  /** The payload's name in code and documents, such as `ImMessage`. */
  payload: string;
  /** The name the console shows instead of `payload`, where people know the payload by another one. */
  payloadAlias?: string;
  /** When it is sent, one sentence. */
  description: { zh: string; en: string };
}

export const BUILT_IN_EVENTS = {
  'message.sent': {
    payload: 'ImMessage',
    payloadAlias: 'ImMessageEntity',
    description: { zh: '消息发送成功后触发。', en: 'Sent after a message was sent successfully.' },
  },
  'message.revoked': {
    payload: 'ImMessage',
    payloadAlias: 'ImMessageEntity',
    description: { zh: '消息撤回后触发。', en: 'Sent after a message was revoked.' },
  },
  'message.edited': {
    payload: 'ImMessage',
    payloadAlias: 'ImMessageEntity',
    description: { zh: '文本消息编辑后触发。', en: 'Sent after a text message was edited.' },
  },
  'message.read': {
    payload: 'MessageReadCallbackPayload',
    description: { zh: '已读回执同步后触发。', en: 'Sent after a read receipt was synchronised.' },
  },
  'message.offline': {
    payload: 'MessageOfflinePayload',
    description: {
      zh: '消息的接收者离线、需要推送时触发。',
      en: 'Sent when recipients of a message are offline and need a push.',
    },
  },
  'friend.request.sent': {
    payload: 'FriendRequestCallbackPayload',
    description: { zh: '好友申请创建后触发。', en: 'Sent after a friend request was made.' },
  },
  'friend.request.accepted': {
    payload: 'FriendRequestCallbackPayload',
    description: { zh: '好友申请通过后触发。', en: 'Sent after a friend request was accepted.' },
  },
  'friend.request.rejected': {
    payload: 'FriendRequestCallbackPayload',
    description: { zh: '好友申请拒绝后触发。', en: 'Sent after a friend request was rejected.' },
  },
  'friend.added': {
    payload: 'FriendPayload',
    description: { zh: '好友关系建立后触发。', en: 'Sent after someone became a friend.' },
  },
  'friend.deleted': {
    payload: 'FriendPayload',
    description: { zh: '好友被删除后触发。', en: 'Sent after a friend was removed.' },
  },
  'group.join.request.sent': {
    payload: 'GroupJoinRequestCallbackPayload',
    description: { zh: '入群申请创建后触发。', en: 'Sent after someone asked to join a group.' },
  },
  'group.join.request.accepted': {
    payload: 'GroupJoinRequestCallbackPayload',
    description: { zh: '入群申请通过后触发。', en: 'Sent after a request to join a group was accepted.' },
  },
  'group.join.request.rejected': {
    payload: 'GroupJoinRequestCallbackPayload',
    description: { zh: '入群申请拒绝后触发。', en: 'Sent after a request to join a group was rejected.' },
  },
  'group.created': {
    payload: 'GroupPayload',
    description: { zh: '群创建后触发。', en: 'Sent after a group was created.' },
  },
  'group.updated': {
    payload: 'GroupPayload',
    description: { zh: '群资料更新后触发。', en: 'Sent after a group’s details changed.' },
  },
  'group.dismissed': {
    payload: 'GroupPayload',
    description: { zh: '群解散后触发。', en: 'Sent after a group was dismissed.' },
  },
  'group.owner.changed': {
    payload: 'GroupPayload',
    description: { zh: '群主转让后触发。', en: 'Sent after a group got another owner.' },
  },
  'group.member.joined': {
    payload: 'GroupMemberPayload',
    description: { zh: '成员入群后触发。', en: 'Sent after members joined a group.' },
  },
  'group.member.left': {
    payload: 'GroupMemberPayload',
    description: { zh: '成员主动退群后触发。', en: 'Sent after a member left a group.' },
  },
  'group.member.kicked': {
    payload: 'GroupMemberPayload',
    description: { zh: '成员被移出群后触发。', en: 'Sent after members were removed from a group.' },
  },
  'blacklist.added': {
    payload: 'BlacklistCallbackPayload',
    description: { zh: '黑名单记录新增后触发。', en: 'Sent after a user was put on a blacklist.' },
  },
  'blacklist.removed': {
    payload: 'BlacklistCallbackPayload',
    description: { zh: '黑名单记录移除后触发。', en: 'Sent after a user was taken off a blacklist.' },
  },
  'user.online': {
    payload: 'UserPresencePayload',
    description: { zh: '用户的设备上线后触发。', en: 'Sent after one of a user’s devices came online.' },
  },
  'user.offline': {
    payload: 'UserPresencePayload',
    description: { zh: '用户的设备下线后触发。', en: 'Sent after one of a user’s devices went offline.' },
  },
  'user.registered': {
    payload: 'UserPayload',
    description: { zh: '用户注册后触发。', en: 'Sent after a user was registered.' },
  },
  'user.updated': {
    payload: 'UserPayload',
    description: { zh: '用户资料更新后触发。', en: 'Sent after a user’s details changed.' },
  },
  'conversation.opened': {
    payload: 'ConversationOpenedPayload',
    description: {
      zh: '用户打开会话（例如与机器人的会话）时触发。',
      en: 'Sent when a user opens a conversation, with a bot for example.',
    },
  },
  'bot.message': {
    payload: 'BotMessagePayload',
    description: {
      zh: '机器人收到消息或被 @ 时触发。',
      en: 'Sent when a bot receives a message or is mentioned.',
    },
  },
  'system.notification': {
    payload: 'SystemNotificationPayload',
    description: {
      zh: 'IM 服务端发出非用户消息的系统通知时触发。',
      en: 'Sent for a notification of the IM server that is not a user’s message.',
    },
  },
  'test.ping': {
    payload: 'TestPingPayload',
    description: {
      zh: '在控制台发起测试推送时触发。',
      en: 'Sent when someone asks for a test send in the console.',
    },
  },
} as const satisfies Record<string, ListedEvent>;
export type BuiltInEvent = keyof typeof BUILT_IN_EVENTS;

/** The names of all built-in events, in the order of the list. */
export const EVENT_NAMES: readonly string[] = Object.keys(BUILT_IN_EVENTS);

/** What a test send sends when no event is chosen. */
export const TEST_EVENT = 'test.ping' satisfies BuiltInEvent;

/** @returns undefined for a name that is not in the list */
export function findListedEvent(name: string): ListedEvent | undefined {
  return Object.hasOwn(BUILT_IN_EVENTS, name) ? BUILT_IN_EVENTS[name as BuiltInEvent] : undefined;
}
