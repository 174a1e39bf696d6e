<?php
// Written by `pnpm kits` from the contracts: do not edit.
declare(strict_types=1);

namespace ImCallback\Payload;

/** Finds the class of an event. */
final class Payloads
{
    /** The payload of a built-in event; null for any other one. */
    public static function of(string $event, array $data): ?object
    {
        return match ($event) {
            'message.sent' => ImMessage::of($data),
            'message.revoked' => ImMessage::of($data),
            'message.edited' => ImMessage::of($data),
            'message.read' => MessageReadCallbackPayload::of($data),
            'message.offline' => MessageOfflinePayload::of($data),
            'friend.request.sent' => FriendRequestCallbackPayload::of($data),
            'friend.request.accepted' => FriendRequestCallbackPayload::of($data),
            'friend.request.rejected' => FriendRequestCallbackPayload::of($data),
            'friend.added' => FriendPayload::of($data),
            'friend.deleted' => FriendPayload::of($data),
            'group.join.request.sent' => GroupJoinRequestCallbackPayload::of($data),
            'group.join.request.accepted' => GroupJoinRequestCallbackPayload::of($data),
            'group.join.request.rejected' => GroupJoinRequestCallbackPayload::of($data),
            'group.created' => GroupPayload::of($data),
            'group.updated' => GroupPayload::of($data),
            'group.dismissed' => GroupPayload::of($data),
            'group.owner.changed' => GroupPayload::of($data),
            'group.member.joined' => GroupMemberPayload::of($data),
            'group.member.left' => GroupMemberPayload::of($data),
            'group.member.kicked' => GroupMemberPayload::of($data),
            'blacklist.added' => BlacklistCallbackPayload::of($data),
            'blacklist.removed' => BlacklistCallbackPayload::of($data),
            'user.online' => UserPresencePayload::of($data),
            'user.offline' => UserPresencePayload::of($data),
            'user.registered' => UserPayload::of($data),
            'user.updated' => UserPayload::of($data),
            'conversation.opened' => ConversationOpenedPayload::of($data),
            'bot.message' => BotMessagePayload::of($data),
            'system.notification' => SystemNotificationPayload::of($data),
            'test.ping' => TestPingPayload::of($data),
            default => null,
        };
    }
}
