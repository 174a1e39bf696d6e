/** The payloads of the built-in events. Written by `pnpm kits` from the contracts: do not edit. */

export interface Participant {
  /** The user’s id. */
  userId: string;
  /** The user’s nickname. */
  nickname?: string;
  /** Whether the user is a bot. */
  isBot?: boolean;
  /** What a newer service adds is kept. */
  [field: string]: unknown;
}

export interface ImMessage {
  /** The message’s id, given by the IM server. */
  messageId: string;
  /** The id the sending client gave the message, used to drop duplicate sends. */
  clientMessageId?: string;
  /** The conversation’s id; events are ordered within it. */
  conversationId: string;
  /** The kind of conversation: one to one, group, channel or system. */
  conversationType: 'single' | 'group' | 'channel' | 'system';
  /** The sender’s user id. */
  senderId: string;
  /** The sender’s nickname when it was sent. */
  senderNickname?: string;
  /** The platform it was sent from, such as ios, android or web. */
  senderPlatform?: string;
  /** The receiver’s user id, one-to-one only. */
  receiverId?: string;
  /** The group’s id, group conversations only. */
  groupId?: string;
  /** The kind of content: text, image, audio, video, file, location, card, merge, quote, custom, or one of the IM server’s own. */
  contentType: string;
  /** The content, JSON; its shape depends on contentType. */
  content: unknown;
  /** The message as plain text, when it has any. */
  text?: string;
  /** User ids the message mentions. */
  mentionedUserIds?: string[];
  /** The id of the message this one replies to. */
  replyToMessageId?: string;
  /** The message’s sequence number in its conversation. */
  seq?: number;
  /** The message’s state: normal, revoked or edited. */
  status: 'normal' | 'revoked' | 'edited';
  /** When it was sent, ISO 8601 UTC. */
  sentAt: string;
  /** When it was last edited, ISO 8601 UTC. */
  editedAt?: string;
  /** When it was revoked, ISO 8601 UTC. */
  revokedAt?: string;
  /** The user id of the person who edited or revoked it. */
  operatorId?: string;
  /** Additional data, any JSON, delivered as it is. */
  extra?: unknown;
  /** What a newer service adds is kept. */
  [field: string]: unknown;
}

export interface MessageReadCallbackPayload {
  /** The conversation’s id. */
  conversationId: string;
  /** The kind of conversation: one to one, group, channel or system. */
  conversationType: 'single' | 'group' | 'channel' | 'system';
  /** The user id of the reader. */
  readerId: string;
  /** The ids of the messages this receipt covers. */
  messageIds?: string[];
  /** Everything up to and including this sequence number has been read. */
  readSeq?: number;
  /** When it was read, ISO 8601 UTC. */
  readAt: string;
  /** Additional data, any JSON, delivered as it is. */
  extra?: unknown;
  /** What a newer service adds is kept. */
  [field: string]: unknown;
}

export interface MessageOfflinePayload {
  /** The message to push; its fields are those of ImMessage. */
  message: ImMessage;
  /** User ids that are offline and need a push. */
  recipientIds: string[];
  /** Additional data, any JSON, delivered as it is. */
  extra?: unknown;
  /** What a newer service adds is kept. */
  [field: string]: unknown;
}

export interface FriendRequestCallbackPayload {
  /** The friend request’s id. */
  requestId?: string;
  /** The user id of the person who asks. */
  fromUserId: string;
  /** The user id of the person who is asked. */
  toUserId: string;
  /** The words that came with the request. */
  message?: string;
  /** The request’s state: pending, accepted or rejected. */
  status: 'pending' | 'accepted' | 'rejected';
  /** The user id of the person who handled the request. */
  handledBy?: string;
  /** The words that came with the answer. */
  handleMessage?: string;
  /** When the request was made, ISO 8601 UTC. */
  createdAt?: string;
  /** When the request was handled, ISO 8601 UTC. */
  handledAt?: string;
  /** Additional data, any JSON, delivered as it is. */
  extra?: unknown;
  /** What a newer service adds is kept. */
  [field: string]: unknown;
}

export interface FriendPayload {
  /** The user id whose list of friends changed. */
  ownerId: string;
  /** The friend’s user id. */
  friendId: string;
  /** Additional data, any JSON, delivered as it is. */
  extra?: unknown;
  /** What a newer service adds is kept. */
  [field: string]: unknown;
}

export interface GroupJoinRequestCallbackPayload {
  /** The join request’s id. */
  requestId?: string;
  /** The group’s id. */
  groupId: string;
  /** The group’s name. */
  groupName?: string;
  /** The user id of the person who wants to join. */
  applicantId: string;
  /** The user id of the person who invited the applicant. */
  inviterId?: string;
  /** The words that came with the request. */
  message?: string;
  /** The request’s state: pending, accepted or rejected. */
  status: 'pending' | 'accepted' | 'rejected';
  /** The user id of the person who handled the request. */
  handledBy?: string;
  /** The words that came with the answer. */
  handleMessage?: string;
  /** When the request was made, ISO 8601 UTC. */
  createdAt?: string;
  /** When the request was handled, ISO 8601 UTC. */
  handledAt?: string;
  /** Additional data, any JSON, delivered as it is. */
  extra?: unknown;
  /** What a newer service adds is kept. */
  [field: string]: unknown;
}

export interface GroupPayload {
  /** The group’s id. */
  groupId: string;
  /** The group’s name. */
  name?: string;
  /** The user id of the group’s owner. */
  ownerId?: string;
  /** The user id of the owner before a transfer. */
  previousOwnerId?: string;
  /** The user id of the person who did it. */
  operatorId?: string;
  /** How many members the group has. */
  memberCount?: number;
  /** The fields that changed, with their new values. */
  changes?: Record<string, unknown>;
  /** Additional data, any JSON, delivered as it is. */
  extra?: unknown;
  /** What a newer service adds is kept. */
  [field: string]: unknown;
}

export interface GroupMemberPayload {
  /** The group’s id. */
  groupId: string;
  /** The group’s name. */
  groupName?: string;
  /** User ids of the members concerned. */
  memberIds: string[];
  /** The user id of the person who did it, for example invited or removed them. */
  operatorId?: string;
  /** The reason given. */
  reason?: string;
  /** Additional data, any JSON, delivered as it is. */
  extra?: unknown;
  /** What a newer service adds is kept. */
  [field: string]: unknown;
}

export interface BlacklistCallbackPayload {
  /** The user id whose blacklist it is. */
  ownerId: string;
  /** The user id that is blocked. */
  blockedUserId: string;
  /** The user id of the person who did it, usually the owner. */
  operatorId?: string;
  /** When the entry was made, ISO 8601 UTC. */
  createdAt?: string;
  /** Additional data, any JSON, delivered as it is. */
  extra?: unknown;
  /** What a newer service adds is kept. */
  [field: string]: unknown;
}

export interface UserPresencePayload {
  /** The user’s id. */
  userId: string;
  /** The platform that came or went, such as ios, android or web. */
  platform?: string;
  /** The IM server’s device flag, such as 0 for app, 1 for web, 2 for desktop. */
  deviceFlag?: number;
  /** The connection’s id. */
  connectionId?: string;
  /** How many connections of this kind of device are online now. */
  deviceOnlineCount?: number;
  /** How many connections the user has online now, all devices together. */
  totalOnlineCount?: number;
  /** Additional data, any JSON, delivered as it is. */
  extra?: unknown;
  /** What a newer service adds is kept. */
  [field: string]: unknown;
}

export interface UserPayload {
  /** The user’s id. */
  userId: string;
  /** The user’s nickname. */
  nickname?: string;
  /** The address of the user’s picture. */
  avatarUrl?: string;
  /** The fields that changed, with their new values. */
  changes?: Record<string, unknown>;
  /** Additional data, any JSON, delivered as it is. */
  extra?: unknown;
  /** What a newer service adds is kept. */
  [field: string]: unknown;
}

export interface ConversationOpenedPayload {
  /** The id of the conversation that was opened. */
  conversationId: string;
  /** The kind of conversation: one to one, group, channel or system. */
  conversationType: 'single' | 'group' | 'channel' | 'system';
  /** The IM server’s kind of group, group conversations only. */
  groupType?: string;
  /** The conversation’s name. */
  name?: string;
  /** The user who opened it. */
  member: Participant;
  /** The person who caused it, if different. */
  operator?: Participant;
  /** Additional data, any JSON, delivered as it is. */
  extra?: unknown;
  /** What a newer service adds is kept. */
  [field: string]: unknown;
}

export interface BotMessagePayload {
  /** The id of the bot that got the message. */
  botId: string;
  /** The message the bot got; its fields are those of ImMessage. */
  message: ImMessage;
  /** Whether the message mentions the bot. */
  isMentioned: boolean;
  /** The text of the message that this one replies to. */
  replyText?: string;
  /** The id of the session, the context, with the bot. */
  sessionId?: string;
  /** Additional data, any JSON, delivered as it is. */
  extra?: unknown;
  /** What a newer service adds is kept. */
  [field: string]: unknown;
}

export interface SystemNotificationPayload {
  /** The IM server’s kind of notification, such as OpenIM’s contentType number. */
  notificationType: string;
  /** The id of the message that carried the notification. */
  messageId?: string;
  /** The id of the conversation concerned. */
  conversationId?: string;
  /** The kind of that conversation: one to one, group, channel or system. */
  conversationType?: 'single' | 'group' | 'channel' | 'system';
  /** Who the notification comes from, usually the user who caused it. */
  senderId?: string;
  /** The user id the notification is for. */
  receiverId?: string;
  /** The id of the group concerned. */
  groupId?: string;
  /** The content, JSON; the IM server decides its shape. */
  content?: unknown;
  /** The notification as plain text. */
  text?: string;
  /** When it was sent, ISO 8601 UTC. */
  sentAt?: string;
  /** Additional data, any JSON, delivered as it is. */
  extra?: unknown;
  /** What a newer service adds is kept. */
  [field: string]: unknown;
}

export interface TestPingPayload {
  /** The text of the test. */
  message: string;
  /** The console’s user who asked for the test. */
  requestedBy?: string;
  /** Additional data, any JSON, delivered as it is. */
  extra?: unknown;
  /** What a newer service adds is kept. */
  [field: string]: unknown;
}

/** The payload of each built-in event. */
export interface EventPayloads {
  /** Sent after a message was sent successfully. */
  'message.sent': ImMessage;
  /** Sent after a message was revoked. */
  'message.revoked': ImMessage;
  /** Sent after a text message was edited. */
  'message.edited': ImMessage;
  /** Sent after a read receipt was synchronised. */
  'message.read': MessageReadCallbackPayload;
  /** Sent when recipients of a message are offline and need a push. */
  'message.offline': MessageOfflinePayload;
  /** Sent after a friend request was made. */
  'friend.request.sent': FriendRequestCallbackPayload;
  /** Sent after a friend request was accepted. */
  'friend.request.accepted': FriendRequestCallbackPayload;
  /** Sent after a friend request was rejected. */
  'friend.request.rejected': FriendRequestCallbackPayload;
  /** Sent after someone became a friend. */
  'friend.added': FriendPayload;
  /** Sent after a friend was removed. */
  'friend.deleted': FriendPayload;
  /** Sent after someone asked to join a group. */
  'group.join.request.sent': GroupJoinRequestCallbackPayload;
  /** Sent after a request to join a group was accepted. */
  'group.join.request.accepted': GroupJoinRequestCallbackPayload;
  /** Sent after a request to join a group was rejected. */
  'group.join.request.rejected': GroupJoinRequestCallbackPayload;
  /** Sent after a group was created. */
  'group.created': GroupPayload;
  /** Sent after a group’s details changed. */
  'group.updated': GroupPayload;
  /** Sent after a group was dismissed. */
  'group.dismissed': GroupPayload;
  /** Sent after a group got another owner. */
  'group.owner.changed': GroupPayload;
  /** Sent after members joined a group. */
  'group.member.joined': GroupMemberPayload;
  /** Sent after a member left a group. */
  'group.member.left': GroupMemberPayload;
  /** Sent after members were removed from a group. */
  'group.member.kicked': GroupMemberPayload;
  /** Sent after a user was put on a blacklist. */
  'blacklist.added': BlacklistCallbackPayload;
  /** Sent after a user was taken off a blacklist. */
  'blacklist.removed': BlacklistCallbackPayload;
  /** Sent after one of a user’s devices came online. */
  'user.online': UserPresencePayload;
  /** Sent after one of a user’s devices went offline. */
  'user.offline': UserPresencePayload;
  /** Sent after a user was registered. */
  'user.registered': UserPayload;
  /** Sent after a user’s details changed. */
  'user.updated': UserPayload;
  /** Sent when a user opens a conversation, with a bot for example. */
  'conversation.opened': ConversationOpenedPayload;
  /** Sent when a bot receives a message or is mentioned. */
  'bot.message': BotMessagePayload;
  /** Sent for a notification of the IM server that is not a user’s message. */
  'system.notification': SystemNotificationPayload;
  /** Sent when someone asks for a test send in the console. */
  'test.ping': TestPingPayload;
}
