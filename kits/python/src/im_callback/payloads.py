"""The payloads of the built-in events. Written by `pnpm kits` from the contracts: do not edit.

They describe the parsed JSON: fields that a newer service adds stay in it.
"""
from __future__ import annotations

from typing import Any, Dict, List, Literal, TypedDict


class _Participant(TypedDict):
    #: The user’s id.
    userId: str


class Participant(_Participant, total=False):
    #: The user’s nickname.
    nickname: str
    #: Whether the user is a bot.
    isBot: bool


class _ImMessage(TypedDict):
    #: The message’s id, given by the IM server.
    messageId: str
    #: The conversation’s id; events are ordered within it.
    conversationId: str
    #: The kind of conversation: one to one, group, channel or system.
    conversationType: Literal["single", "group", "channel", "system"]
    #: The sender’s user id.
    senderId: str
    #: The kind of content: text, image, audio, video, file, location, card, merge, quote, custom, or one of the IM server’s own.
    contentType: str
    #: The content, JSON; its shape depends on contentType.
    content: Any
    #: The message’s state: normal, revoked or edited.
    status: Literal["normal", "revoked", "edited"]
    #: When it was sent, ISO 8601 UTC.
    sentAt: str


class ImMessage(_ImMessage, total=False):
    #: The id the sending client gave the message, used to drop duplicate sends.
    clientMessageId: str
    #: The sender’s nickname when it was sent.
    senderNickname: str
    #: The platform it was sent from, such as ios, android or web.
    senderPlatform: str
    #: The receiver’s user id, one-to-one only.
    receiverId: str
    #: The group’s id, group conversations only.
    groupId: str
    #: The message as plain text, when it has any.
    text: str
    #: User ids the message mentions.
    mentionedUserIds: List[str]
    #: The id of the message this one replies to.
    replyToMessageId: str
    #: The message’s sequence number in its conversation.
    seq: int
    #: When it was last edited, ISO 8601 UTC.
    editedAt: str
    #: When it was revoked, ISO 8601 UTC.
    revokedAt: str
    #: The user id of the person who edited or revoked it.
    operatorId: str
    #: Additional data, any JSON, delivered as it is.
    extra: Any


class _MessageReadCallbackPayload(TypedDict):
    #: The conversation’s id.
    conversationId: str
    #: The kind of conversation: one to one, group, channel or system.
    conversationType: Literal["single", "group", "channel", "system"]
    #: The user id of the reader.
    readerId: str
    #: When it was read, ISO 8601 UTC.
    readAt: str


class MessageReadCallbackPayload(_MessageReadCallbackPayload, total=False):
    #: The ids of the messages this receipt covers.
    messageIds: List[str]
    #: Everything up to and including this sequence number has been read.
    readSeq: int
    #: Additional data, any JSON, delivered as it is.
    extra: Any


class _MessageOfflinePayload(TypedDict):
    #: The message to push; its fields are those of ImMessage.
    message: ImMessage
    #: User ids that are offline and need a push.
    recipientIds: List[str]


class MessageOfflinePayload(_MessageOfflinePayload, total=False):
    #: Additional data, any JSON, delivered as it is.
    extra: Any


class _FriendRequestCallbackPayload(TypedDict):
    #: The user id of the person who asks.
    fromUserId: str
    #: The user id of the person who is asked.
    toUserId: str
    #: The request’s state: pending, accepted or rejected.
    status: Literal["pending", "accepted", "rejected"]


class FriendRequestCallbackPayload(_FriendRequestCallbackPayload, total=False):
    #: The friend request’s id.
    requestId: str
    #: The words that came with the request.
    message: str
    #: The user id of the person who handled the request.
    handledBy: str
    #: The words that came with the answer.
    handleMessage: str
    #: When the request was made, ISO 8601 UTC.
    createdAt: str
    #: When the request was handled, ISO 8601 UTC.
    handledAt: str
    #: Additional data, any JSON, delivered as it is.
    extra: Any


class _FriendPayload(TypedDict):
    #: The user id whose list of friends changed.
    ownerId: str
    #: The friend’s user id.
    friendId: str


class FriendPayload(_FriendPayload, total=False):
    #: Additional data, any JSON, delivered as it is.
    extra: Any


class _GroupJoinRequestCallbackPayload(TypedDict):
    #: The group’s id.
    groupId: str
    #: The user id of the person who wants to join.
    applicantId: str
    #: The request’s state: pending, accepted or rejected.
    status: Literal["pending", "accepted", "rejected"]


class GroupJoinRequestCallbackPayload(_GroupJoinRequestCallbackPayload, total=False):
    #: The join request’s id.
    requestId: str
    #: The group’s name.
    groupName: str
    #: The user id of the person who invited the applicant.
    inviterId: str
    #: The words that came with the request.
    message: str
    #: The user id of the person who handled the request.
    handledBy: str
    #: The words that came with the answer.
    handleMessage: str
    #: When the request was made, ISO 8601 UTC.
    createdAt: str
    #: When the request was handled, ISO 8601 UTC.
    handledAt: str
    #: Additional data, any JSON, delivered as it is.
    extra: Any


class _GroupPayload(TypedDict):
    #: The group’s id.
    groupId: str


class GroupPayload(_GroupPayload, total=False):
    #: The group’s name.
    name: str
    #: The user id of the group’s owner.
    ownerId: str
    #: The user id of the owner before a transfer.
    previousOwnerId: str
    #: The user id of the person who did it.
    operatorId: str
    #: How many members the group has.
    memberCount: int
    #: The fields that changed, with their new values.
    changes: Dict[str, Any]
    #: Additional data, any JSON, delivered as it is.
    extra: Any


class _GroupMemberPayload(TypedDict):
    #: The group’s id.
    groupId: str
    #: User ids of the members concerned.
    memberIds: List[str]


class GroupMemberPayload(_GroupMemberPayload, total=False):
    #: The group’s name.
    groupName: str
    #: The user id of the person who did it, for example invited or removed them.
    operatorId: str
    #: The reason given.
    reason: str
    #: Additional data, any JSON, delivered as it is.
    extra: Any


class _BlacklistCallbackPayload(TypedDict):
    #: The user id whose blacklist it is.
    ownerId: str
    #: The user id that is blocked.
    blockedUserId: str


class BlacklistCallbackPayload(_BlacklistCallbackPayload, total=False):
    #: The user id of the person who did it, usually the owner.
    operatorId: str
    #: When the entry was made, ISO 8601 UTC.
    createdAt: str
    #: Additional data, any JSON, delivered as it is.
    extra: Any


class _UserPresencePayload(TypedDict):
    #: The user’s id.
    userId: str


class UserPresencePayload(_UserPresencePayload, total=False):
    #: The platform that came or went, such as ios, android or web.
    platform: str
    #: The IM server’s device flag, such as 0 for app, 1 for web, 2 for desktop.
    deviceFlag: int
    #: The connection’s id.
    connectionId: str
    #: How many connections of this kind of device are online now.
    deviceOnlineCount: int
    #: How many connections the user has online now, all devices together.
    totalOnlineCount: int
    #: Additional data, any JSON, delivered as it is.
    extra: Any


class _UserPayload(TypedDict):
    #: The user’s id.
    userId: str


class UserPayload(_UserPayload, total=False):
    #: The user’s nickname.
    nickname: str
    #: The address of the user’s picture.
    avatarUrl: str
    #: The fields that changed, with their new values.
    changes: Dict[str, Any]
    #: Additional data, any JSON, delivered as it is.
    extra: Any


class _ConversationOpenedPayload(TypedDict):
    #: The id of the conversation that was opened.
    conversationId: str
    #: The kind of conversation: one to one, group, channel or system.
    conversationType: Literal["single", "group", "channel", "system"]
    #: The user who opened it.
    member: Participant


class ConversationOpenedPayload(_ConversationOpenedPayload, total=False):
    #: The IM server’s kind of group, group conversations only.
    groupType: str
    #: The conversation’s name.
    name: str
    #: The person who caused it, if different.
    operator: Participant
    #: Additional data, any JSON, delivered as it is.
    extra: Any


class _BotMessagePayload(TypedDict):
    #: The id of the bot that got the message.
    botId: str
    #: The message the bot got; its fields are those of ImMessage.
    message: ImMessage
    #: Whether the message mentions the bot.
    isMentioned: bool


class BotMessagePayload(_BotMessagePayload, total=False):
    #: The text of the message that this one replies to.
    replyText: str
    #: The id of the session, the context, with the bot.
    sessionId: str
    #: Additional data, any JSON, delivered as it is.
    extra: Any


class _SystemNotificationPayload(TypedDict):
    #: The IM server’s kind of notification, such as OpenIM’s contentType number.
    notificationType: str


class SystemNotificationPayload(_SystemNotificationPayload, total=False):
    #: The id of the message that carried the notification.
    messageId: str
    #: The id of the conversation concerned.
    conversationId: str
    #: The kind of that conversation: one to one, group, channel or system.
    conversationType: Literal["single", "group", "channel", "system"]
    #: Who the notification comes from, usually the user who caused it.
    senderId: str
    #: The user id the notification is for.
    receiverId: str
    #: The id of the group concerned.
    groupId: str
    #: The content, JSON; the IM server decides its shape.
    content: Any
    #: The notification as plain text.
    text: str
    #: When it was sent, ISO 8601 UTC.
    sentAt: str
    #: Additional data, any JSON, delivered as it is.
    extra: Any


class _TestPingPayload(TypedDict):
    #: The text of the test.
    message: str


class TestPingPayload(_TestPingPayload, total=False):
    #: The console’s user who asked for the test.
    requestedBy: str
    #: Additional data, any JSON, delivered as it is.
    extra: Any


#: The payload of each built-in event.
EVENT_PAYLOADS: Dict[str, type] = {
    "message.sent": ImMessage,
    "message.revoked": ImMessage,
    "message.edited": ImMessage,
    "message.read": MessageReadCallbackPayload,
    "message.offline": MessageOfflinePayload,
    "friend.request.sent": FriendRequestCallbackPayload,
    "friend.request.accepted": FriendRequestCallbackPayload,
    "friend.request.rejected": FriendRequestCallbackPayload,
    "friend.added": FriendPayload,
    "friend.deleted": FriendPayload,
    "group.join.request.sent": GroupJoinRequestCallbackPayload,
    "group.join.request.accepted": GroupJoinRequestCallbackPayload,
    "group.join.request.rejected": GroupJoinRequestCallbackPayload,
    "group.created": GroupPayload,
    "group.updated": GroupPayload,
    "group.dismissed": GroupPayload,
    "group.owner.changed": GroupPayload,
    "group.member.joined": GroupMemberPayload,
    "group.member.left": GroupMemberPayload,
    "group.member.kicked": GroupMemberPayload,
    "blacklist.added": BlacklistCallbackPayload,
    "blacklist.removed": BlacklistCallbackPayload,
    "user.online": UserPresencePayload,
    "user.offline": UserPresencePayload,
    "user.registered": UserPayload,
    "user.updated": UserPayload,
    "conversation.opened": ConversationOpenedPayload,
    "bot.message": BotMessagePayload,
    "system.notification": SystemNotificationPayload,
    "test.ping": TestPingPayload,
}
