package imcallback;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The payloads of the built-in events. Written by {@code pnpm kits} from the contracts: do not edit. */
public final class Payloads {
    private Payloads() {}

    /**
     * Fields that are absent are null.
     *
     * @param userId The user’s id.
     * @param nickname The user’s nickname.
     * @param isBot Whether the user is a bot.
     * @param other the fields that a newer service adds
     */
    public record Participant(
        String userId,
        String nickname,
        Boolean isBot,
        Map<String, Object> other
    ) {
        private static final Set<String> FIELDS = Set.of(
            "userId",
            "nickname",
            "isBot"
        );

        /** @throws CallbackException when a field has another type */
        public static Participant of(Map<String, Object> data) {
            Fields fields = new Fields(data);
            return new Participant(
                fields.text("userId"),
                fields.text("nickname"),
                fields.truth("isBot"),
                fields.other(FIELDS)
            );
        }
    }

    /**
     * Fields that are absent are null.
     *
     * @param messageId The message’s id, given by the IM server.
     * @param clientMessageId The id the sending client gave the message, used to drop duplicate sends.
     * @param conversationId The conversation’s id; events are ordered within it.
     * @param conversationType The kind of conversation: one to one, group, channel or system.
     * @param senderId The sender’s user id.
     * @param senderNickname The sender’s nickname when it was sent.
     * @param senderPlatform The platform it was sent from, such as ios, android or web.
     * @param receiverId The receiver’s user id, one-to-one only.
     * @param groupId The group’s id, group conversations only.
     * @param contentType The kind of content: text, image, audio, video, file, location, card, merge, quote, custom, or one of the IM server’s own.
     * @param content The content, JSON; its shape depends on contentType.
     * @param text The message as plain text, when it has any.
     * @param mentionedUserIds User ids the message mentions.
     * @param replyToMessageId The id of the message this one replies to.
     * @param seq The message’s sequence number in its conversation.
     * @param status The message’s state: normal, revoked or edited.
     * @param sentAt When it was sent, ISO 8601 UTC.
     * @param editedAt When it was last edited, ISO 8601 UTC.
     * @param revokedAt When it was revoked, ISO 8601 UTC.
     * @param operatorId The user id of the person who edited or revoked it.
     * @param extra Additional data, any JSON, delivered as it is.
     * @param other the fields that a newer service adds
     */
    public record ImMessage(
        String messageId,
        String clientMessageId,
        String conversationId,
        String conversationType,
        String senderId,
        String senderNickname,
        String senderPlatform,
        String receiverId,
        String groupId,
        String contentType,
        Object content,
        String text,
        List<String> mentionedUserIds,
        String replyToMessageId,
        Long seq,
        String status,
        String sentAt,
        String editedAt,
        String revokedAt,
        String operatorId,
        Object extra,
        Map<String, Object> other
    ) {
        private static final Set<String> FIELDS = Set.of(
            "messageId",
            "clientMessageId",
            "conversationId",
            "conversationType",
            "senderId",
            "senderNickname",
            "senderPlatform",
            "receiverId",
            "groupId",
            "contentType",
            "content",
            "text",
            "mentionedUserIds",
            "replyToMessageId",
            "seq",
            "status",
            "sentAt",
            "editedAt",
            "revokedAt",
            "operatorId",
            "extra"
        );

        /** @throws CallbackException when a field has another type */
        public static ImMessage of(Map<String, Object> data) {
            Fields fields = new Fields(data);
            return new ImMessage(
                fields.text("messageId"),
                fields.text("clientMessageId"),
                fields.text("conversationId"),
                fields.text("conversationType"),
                fields.text("senderId"),
                fields.text("senderNickname"),
                fields.text("senderPlatform"),
                fields.text("receiverId"),
                fields.text("groupId"),
                fields.text("contentType"),
                fields.json("content"),
                fields.text("text"),
                fields.texts("mentionedUserIds"),
                fields.text("replyToMessageId"),
                fields.integer("seq"),
                fields.text("status"),
                fields.text("sentAt"),
                fields.text("editedAt"),
                fields.text("revokedAt"),
                fields.text("operatorId"),
                fields.json("extra"),
                fields.other(FIELDS)
            );
        }
    }

    /**
     * Fields that are absent are null.
     *
     * @param conversationId The conversation’s id.
     * @param conversationType The kind of conversation: one to one, group, channel or system.
     * @param readerId The user id of the reader.
     * @param messageIds The ids of the messages this receipt covers.
     * @param readSeq Everything up to and including this sequence number has been read.
     * @param readAt When it was read, ISO 8601 UTC.
     * @param extra Additional data, any JSON, delivered as it is.
     * @param other the fields that a newer service adds
     */
    public record MessageReadCallbackPayload(
        String conversationId,
        String conversationType,
        String readerId,
        List<String> messageIds,
        Long readSeq,
        String readAt,
        Object extra,
        Map<String, Object> other
    ) {
        private static final Set<String> FIELDS = Set.of(
            "conversationId",
            "conversationType",
            "readerId",
            "messageIds",
            "readSeq",
            "readAt",
            "extra"
        );

        /** @throws CallbackException when a field has another type */
        public static MessageReadCallbackPayload of(Map<String, Object> data) {
            Fields fields = new Fields(data);
            return new MessageReadCallbackPayload(
                fields.text("conversationId"),
                fields.text("conversationType"),
                fields.text("readerId"),
                fields.texts("messageIds"),
                fields.integer("readSeq"),
                fields.text("readAt"),
                fields.json("extra"),
                fields.other(FIELDS)
            );
        }
    }

    /**
     * Fields that are absent are null.
     *
     * @param message The message to push; its fields are those of ImMessage.
     * @param recipientIds User ids that are offline and need a push.
     * @param extra Additional data, any JSON, delivered as it is.
     * @param other the fields that a newer service adds
     */
    public record MessageOfflinePayload(
        ImMessage message,
        List<String> recipientIds,
        Object extra,
        Map<String, Object> other
    ) {
        private static final Set<String> FIELDS = Set.of(
            "message",
            "recipientIds",
            "extra"
        );

        /** @throws CallbackException when a field has another type */
        public static MessageOfflinePayload of(Map<String, Object> data) {
            Fields fields = new Fields(data);
            return new MessageOfflinePayload(
                fields.nested("message", ImMessage::of),
                fields.texts("recipientIds"),
                fields.json("extra"),
                fields.other(FIELDS)
            );
        }
    }

    /**
     * Fields that are absent are null.
     *
     * @param requestId The friend request’s id.
     * @param fromUserId The user id of the person who asks.
     * @param toUserId The user id of the person who is asked.
     * @param message The words that came with the request.
     * @param status The request’s state: pending, accepted or rejected.
     * @param handledBy The user id of the person who handled the request.
     * @param handleMessage The words that came with the answer.
     * @param createdAt When the request was made, ISO 8601 UTC.
     * @param handledAt When the request was handled, ISO 8601 UTC.
     * @param extra Additional data, any JSON, delivered as it is.
     * @param other the fields that a newer service adds
     */
    public record FriendRequestCallbackPayload(
        String requestId,
        String fromUserId,
        String toUserId,
        String message,
        String status,
        String handledBy,
        String handleMessage,
        String createdAt,
        String handledAt,
        Object extra,
        Map<String, Object> other
    ) {
        private static final Set<String> FIELDS = Set.of(
            "requestId",
            "fromUserId",
            "toUserId",
            "message",
            "status",
            "handledBy",
            "handleMessage",
            "createdAt",
            "handledAt",
            "extra"
        );

        /** @throws CallbackException when a field has another type */
        public static FriendRequestCallbackPayload of(Map<String, Object> data) {
            Fields fields = new Fields(data);
            return new FriendRequestCallbackPayload(
                fields.text("requestId"),
                fields.text("fromUserId"),
                fields.text("toUserId"),
                fields.text("message"),
                fields.text("status"),
                fields.text("handledBy"),
                fields.text("handleMessage"),
                fields.text("createdAt"),
                fields.text("handledAt"),
                fields.json("extra"),
                fields.other(FIELDS)
            );
        }
    }

    /**
     * Fields that are absent are null.
     *
     * @param ownerId The user id whose list of friends changed.
     * @param friendId The friend’s user id.
     * @param extra Additional data, any JSON, delivered as it is.
     * @param other the fields that a newer service adds
     */
    public record FriendPayload(
        String ownerId,
        String friendId,
        Object extra,
        Map<String, Object> other
    ) {
        private static final Set<String> FIELDS = Set.of(
            "ownerId",
            "friendId",
            "extra"
        );

        /** @throws CallbackException when a field has another type */
        public static FriendPayload of(Map<String, Object> data) {
            Fields fields = new Fields(data);
            return new FriendPayload(
                fields.text("ownerId"),
                fields.text("friendId"),
                fields.json("extra"),
                fields.other(FIELDS)
            );
        }
    }

    /**
     * Fields that are absent are null.
     *
     * @param requestId The join request’s id.
     * @param groupId The group’s id.
     * @param groupName The group’s name.
     * @param applicantId The user id of the person who wants to join.
     * @param inviterId The user id of the person who invited the applicant.
     * @param message The words that came with the request.
     * @param status The request’s state: pending, accepted or rejected.
     * @param handledBy The user id of the person who handled the request.
     * @param handleMessage The words that came with the answer.
     * @param createdAt When the request was made, ISO 8601 UTC.
     * @param handledAt When the request was handled, ISO 8601 UTC.
     * @param extra Additional data, any JSON, delivered as it is.
     * @param other the fields that a newer service adds
     */
    public record GroupJoinRequestCallbackPayload(
        String requestId,
        String groupId,
        String groupName,
        String applicantId,
        String inviterId,
        String message,
        String status,
        String handledBy,
        String handleMessage,
        String createdAt,
        String handledAt,
        Object extra,
        Map<String, Object> other
    ) {
        private static final Set<String> FIELDS = Set.of(
            "requestId",
            "groupId",
            "groupName",
            "applicantId",
            "inviterId",
            "message",
            "status",
            "handledBy",
            "handleMessage",
            "createdAt",
            "handledAt",
            "extra"
        );

        /** @throws CallbackException when a field has another type */
        public static GroupJoinRequestCallbackPayload of(Map<String, Object> data) {
            Fields fields = new Fields(data);
            return new GroupJoinRequestCallbackPayload(
                fields.text("requestId"),
                fields.text("groupId"),
                fields.text("groupName"),
                fields.text("applicantId"),
                fields.text("inviterId"),
                fields.text("message"),
                fields.text("status"),
                fields.text("handledBy"),
                fields.text("handleMessage"),
                fields.text("createdAt"),
                fields.text("handledAt"),
                fields.json("extra"),
                fields.other(FIELDS)
            );
        }
    }

    /**
     * Fields that are absent are null.
     *
     * @param groupId The group’s id.
     * @param name The group’s name.
     * @param ownerId The user id of the group’s owner.
     * @param previousOwnerId The user id of the owner before a transfer.
     * @param operatorId The user id of the person who did it.
     * @param memberCount How many members the group has.
     * @param changes The fields that changed, with their new values.
     * @param extra Additional data, any JSON, delivered as it is.
     * @param other the fields that a newer service adds
     */
    public record GroupPayload(
        String groupId,
        String name,
        String ownerId,
        String previousOwnerId,
        String operatorId,
        Long memberCount,
        Map<String, Object> changes,
        Object extra,
        Map<String, Object> other
    ) {
        private static final Set<String> FIELDS = Set.of(
            "groupId",
            "name",
            "ownerId",
            "previousOwnerId",
            "operatorId",
            "memberCount",
            "changes",
            "extra"
        );

        /** @throws CallbackException when a field has another type */
        public static GroupPayload of(Map<String, Object> data) {
            Fields fields = new Fields(data);
            return new GroupPayload(
                fields.text("groupId"),
                fields.text("name"),
                fields.text("ownerId"),
                fields.text("previousOwnerId"),
                fields.text("operatorId"),
                fields.integer("memberCount"),
                fields.object("changes"),
                fields.json("extra"),
                fields.other(FIELDS)
            );
        }
    }

    /**
     * Fields that are absent are null.
     *
     * @param groupId The group’s id.
     * @param groupName The group’s name.
     * @param memberIds User ids of the members concerned.
     * @param operatorId The user id of the person who did it, for example invited or removed them.
     * @param reason The reason given.
     * @param extra Additional data, any JSON, delivered as it is.
     * @param other the fields that a newer service adds
     */
    public record GroupMemberPayload(
        String groupId,
        String groupName,
        List<String> memberIds,
        String operatorId,
        String reason,
        Object extra,
        Map<String, Object> other
    ) {
        private static final Set<String> FIELDS = Set.of(
            "groupId",
            "groupName",
            "memberIds",
            "operatorId",
            "reason",
            "extra"
        );

        /** @throws CallbackException when a field has another type */
        public static GroupMemberPayload of(Map<String, Object> data) {
            Fields fields = new Fields(data);
            return new GroupMemberPayload(
                fields.text("groupId"),
                fields.text("groupName"),
                fields.texts("memberIds"),
                fields.text("operatorId"),
                fields.text("reason"),
                fields.json("extra"),
                fields.other(FIELDS)
            );
        }
    }

    /**
     * Fields that are absent are null.
     *
     * @param ownerId The user id whose blacklist it is.
     * @param blockedUserId The user id that is blocked.
     * @param operatorId The user id of the person who did it, usually the owner.
     * @param createdAt When the entry was made, ISO 8601 UTC.
     * @param extra Additional data, any JSON, delivered as it is.
     * @param other the fields that a newer service adds
     */
    public record BlacklistCallbackPayload(
        String ownerId,
        String blockedUserId,
        String operatorId,
        String createdAt,
        Object extra,
        Map<String, Object> other
    ) {
        private static final Set<String> FIELDS = Set.of(
            "ownerId",
            "blockedUserId",
            "operatorId",
            "createdAt",
            "extra"
        );

        /** @throws CallbackException when a field has another type */
        public static BlacklistCallbackPayload of(Map<String, Object> data) {
            Fields fields = new Fields(data);
            return new BlacklistCallbackPayload(
                fields.text("ownerId"),
                fields.text("blockedUserId"),
                fields.text("operatorId"),
                fields.text("createdAt"),
                fields.json("extra"),
                fields.other(FIELDS)
            );
        }
    }

    /**
     * Fields that are absent are null.
     *
     * @param userId The user’s id.
     * @param platform The platform that came or went, such as ios, android or web.
     * @param deviceFlag The IM server’s device flag, such as 0 for app, 1 for web, 2 for desktop.
     * @param connectionId The connection’s id.
     * @param deviceOnlineCount How many connections of this kind of device are online now.
     * @param totalOnlineCount How many connections the user has online now, all devices together.
     * @param extra Additional data, any JSON, delivered as it is.
     * @param other the fields that a newer service adds
     */
    public record UserPresencePayload(
        String userId,
        String platform,
        Long deviceFlag,
        String connectionId,
        Long deviceOnlineCount,
        Long totalOnlineCount,
        Object extra,
        Map<String, Object> other
    ) {
        private static final Set<String> FIELDS = Set.of(
            "userId",
            "platform",
            "deviceFlag",
            "connectionId",
            "deviceOnlineCount",
            "totalOnlineCount",
            "extra"
        );

        /** @throws CallbackException when a field has another type */
        public static UserPresencePayload of(Map<String, Object> data) {
            Fields fields = new Fields(data);
            return new UserPresencePayload(
                fields.text("userId"),
                fields.text("platform"),
                fields.integer("deviceFlag"),
                fields.text("connectionId"),
                fields.integer("deviceOnlineCount"),
                fields.integer("totalOnlineCount"),
                fields.json("extra"),
                fields.other(FIELDS)
            );
        }
    }

    /**
     * Fields that are absent are null.
     *
     * @param userId The user’s id.
     * @param nickname The user’s nickname.
     * @param avatarUrl The address of the user’s picture.
     * @param changes The fields that changed, with their new values.
     * @param extra Additional data, any JSON, delivered as it is.
     * @param other the fields that a newer service adds
     */
    public record UserPayload(
        String userId,
        String nickname,
        String avatarUrl,
        Map<String, Object> changes,
        Object extra,
        Map<String, Object> other
    ) {
        private static final Set<String> FIELDS = Set.of(
            "userId",
            "nickname",
            "avatarUrl",
            "changes",
            "extra"
        );

        /** @throws CallbackException when a field has another type */
        public static UserPayload of(Map<String, Object> data) {
            Fields fields = new Fields(data);
            return new UserPayload(
                fields.text("userId"),
                fields.text("nickname"),
                fields.text("avatarUrl"),
                fields.object("changes"),
                fields.json("extra"),
                fields.other(FIELDS)
            );
        }
    }

    /**
     * Fields that are absent are null.
     *
     * @param conversationId The id of the conversation that was opened.
     * @param conversationType The kind of conversation: one to one, group, channel or system.
     * @param groupType The IM server’s kind of group, group conversations only.
     * @param name The conversation’s name.
     * @param member The user who opened it.
     * @param operator The person who caused it, if different.
     * @param extra Additional data, any JSON, delivered as it is.
     * @param other the fields that a newer service adds
     */
    public record ConversationOpenedPayload(
        String conversationId,
        String conversationType,
        String groupType,
        String name,
        Participant member,
        Participant operator,
        Object extra,
        Map<String, Object> other
    ) {
        private static final Set<String> FIELDS = Set.of(
            "conversationId",
            "conversationType",
            "groupType",
            "name",
            "member",
            "operator",
            "extra"
        );

        /** @throws CallbackException when a field has another type */
        public static ConversationOpenedPayload of(Map<String, Object> data) {
            Fields fields = new Fields(data);
            return new ConversationOpenedPayload(
                fields.text("conversationId"),
                fields.text("conversationType"),
                fields.text("groupType"),
                fields.text("name"),
                fields.nested("member", Participant::of),
                fields.nested("operator", Participant::of),
                fields.json("extra"),
                fields.other(FIELDS)
            );
        }
    }

    /**
     * Fields that are absent are null.
     *
     * @param botId The id of the bot that got the message.
     * @param message The message the bot got; its fields are those of ImMessage.
     * @param isMentioned Whether the message mentions the bot.
     * @param replyText The text of the message that this one replies to.
     * @param sessionId The id of the session, the context, with the bot.
     * @param extra Additional data, any JSON, delivered as it is.
     * @param other the fields that a newer service adds
     */
    public record BotMessagePayload(
        String botId,
        ImMessage message,
        Boolean isMentioned,
        String replyText,
        String sessionId,
        Object extra,
        Map<String, Object> other
    ) {
        private static final Set<String> FIELDS = Set.of(
            "botId",
            "message",
            "isMentioned",
            "replyText",
            "sessionId",
            "extra"
        );

        /** @throws CallbackException when a field has another type */
        public static BotMessagePayload of(Map<String, Object> data) {
            Fields fields = new Fields(data);
            return new BotMessagePayload(
                fields.text("botId"),
                fields.nested("message", ImMessage::of),
                fields.truth("isMentioned"),
                fields.text("replyText"),
                fields.text("sessionId"),
                fields.json("extra"),
                fields.other(FIELDS)
            );
        }
    }

    /**
     * Fields that are absent are null.
     *
     * @param notificationType The IM server’s kind of notification, such as OpenIM’s contentType number.
     * @param messageId The id of the message that carried the notification.
     * @param conversationId The id of the conversation concerned.
     * @param conversationType The kind of that conversation: one to one, group, channel or system.
     * @param senderId Who the notification comes from, usually the user who caused it.
     * @param receiverId The user id the notification is for.
     * @param groupId The id of the group concerned.
     * @param content The content, JSON; the IM server decides its shape.
     * @param text The notification as plain text.
     * @param sentAt When it was sent, ISO 8601 UTC.
     * @param extra Additional data, any JSON, delivered as it is.
     * @param other the fields that a newer service adds
     */
    public record SystemNotificationPayload(
        String notificationType,
        String messageId,
        String conversationId,
        String conversationType,
        String senderId,
        String receiverId,
        String groupId,
        Object content,
        String text,
        String sentAt,
        Object extra,
        Map<String, Object> other
    ) {
        private static final Set<String> FIELDS = Set.of(
            "notificationType",
            "messageId",
            "conversationId",
            "conversationType",
            "senderId",
            "receiverId",
            "groupId",
            "content",
            "text",
            "sentAt",
            "extra"
        );

        /** @throws CallbackException when a field has another type */
        public static SystemNotificationPayload of(Map<String, Object> data) {
            Fields fields = new Fields(data);
            return new SystemNotificationPayload(
                fields.text("notificationType"),
                fields.text("messageId"),
                fields.text("conversationId"),
                fields.text("conversationType"),
                fields.text("senderId"),
                fields.text("receiverId"),
                fields.text("groupId"),
                fields.json("content"),
                fields.text("text"),
                fields.text("sentAt"),
                fields.json("extra"),
                fields.other(FIELDS)
            );
        }
    }

    /**
     * Fields that are absent are null.
     *
     * @param message The text of the test.
     * @param requestedBy The console’s user who asked for the test.
     * @param extra Additional data, any JSON, delivered as it is.
     * @param other the fields that a newer service adds
     */
    public record TestPingPayload(
        String message,
        String requestedBy,
        Object extra,
        Map<String, Object> other
    ) {
        private static final Set<String> FIELDS = Set.of(
            "message",
            "requestedBy",
            "extra"
        );

        /** @throws CallbackException when a field has another type */
        public static TestPingPayload of(Map<String, Object> data) {
            Fields fields = new Fields(data);
            return new TestPingPayload(
                fields.text("message"),
                fields.text("requestedBy"),
                fields.json("extra"),
                fields.other(FIELDS)
            );
        }
    }

    /** The payload of a built-in event; null for any other one. */
    static Object of(String event, Map<String, Object> data) {
        return switch (event) {
            case "message.sent" -> ImMessage.of(data);
            case "message.revoked" -> ImMessage.of(data);
            case "message.edited" -> ImMessage.of(data);
            case "message.read" -> MessageReadCallbackPayload.of(data);
            case "message.offline" -> MessageOfflinePayload.of(data);
            case "friend.request.sent" -> FriendRequestCallbackPayload.of(data);
            case "friend.request.accepted" -> FriendRequestCallbackPayload.of(data);
            case "friend.request.rejected" -> FriendRequestCallbackPayload.of(data);
            case "friend.added" -> FriendPayload.of(data);
            case "friend.deleted" -> FriendPayload.of(data);
            case "group.join.request.sent" -> GroupJoinRequestCallbackPayload.of(data);
            case "group.join.request.accepted" -> GroupJoinRequestCallbackPayload.of(data);
            case "group.join.request.rejected" -> GroupJoinRequestCallbackPayload.of(data);
            case "group.created" -> GroupPayload.of(data);
            case "group.updated" -> GroupPayload.of(data);
            case "group.dismissed" -> GroupPayload.of(data);
            case "group.owner.changed" -> GroupPayload.of(data);
            case "group.member.joined" -> GroupMemberPayload.of(data);
            case "group.member.left" -> GroupMemberPayload.of(data);
            case "group.member.kicked" -> GroupMemberPayload.of(data);
            case "blacklist.added" -> BlacklistCallbackPayload.of(data);
            case "blacklist.removed" -> BlacklistCallbackPayload.of(data);
            case "user.online" -> UserPresencePayload.of(data);
            case "user.offline" -> UserPresencePayload.of(data);
            case "user.registered" -> UserPayload.of(data);
            case "user.updated" -> UserPayload.of(data);
            case "conversation.opened" -> ConversationOpenedPayload.of(data);
            case "bot.message" -> BotMessagePayload.of(data);
            case "system.notification" -> SystemNotificationPayload.of(data);
            case "test.ping" -> TestPingPayload.of(data);
            default -> null;
        };
    }
}
