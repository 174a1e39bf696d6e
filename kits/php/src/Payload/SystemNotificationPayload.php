<?php
// Written by `pnpm kits` from the contracts: do not edit.
declare(strict_types=1);

namespace ImCallback\Payload;

final class SystemNotificationPayload
{
    private const FIELDS = ['notificationType', 'messageId', 'conversationId', 'conversationType', 'senderId', 'receiverId', 'groupId', 'content', 'text', 'sentAt', 'extra'];

    public function __construct(
        /** The IM server’s kind of notification, such as OpenIM’s contentType number. */
        public readonly string $notificationType,
        /** The id of the message that carried the notification. */
        public readonly ?string $messageId = null,
        /** The id of the conversation concerned. */
        public readonly ?string $conversationId = null,
        /** The kind of that conversation: one to one, group, channel or system. */
        public readonly ?string $conversationType = null,
        /** Who the notification comes from, usually the user who caused it. */
        public readonly ?string $senderId = null,
        /** The user id the notification is for. */
        public readonly ?string $receiverId = null,
        /** The id of the group concerned. */
        public readonly ?string $groupId = null,
        /** The content, JSON; the IM server decides its shape. */
        public readonly mixed $content = null,
        /** The notification as plain text. */
        public readonly ?string $text = null,
        /** When it was sent, ISO 8601 UTC. */
        public readonly ?string $sentAt = null,
        /** Additional data, any JSON, delivered as it is. */
        public readonly mixed $extra = null,
        /** The fields that a newer service adds. */
        public readonly array $other = [],
    ) {
    }

    /** @throws \TypeError when a field is missing or has another type */
    public static function of(array $data): self
    {
        return new self(
            $data['notificationType'] ?? null,
            $data['messageId'] ?? null,
            $data['conversationId'] ?? null,
            $data['conversationType'] ?? null,
            $data['senderId'] ?? null,
            $data['receiverId'] ?? null,
            $data['groupId'] ?? null,
            $data['content'] ?? null,
            $data['text'] ?? null,
            $data['sentAt'] ?? null,
            $data['extra'] ?? null,
            array_diff_key($data, array_flip(self::FIELDS)),
        );
    }
}
