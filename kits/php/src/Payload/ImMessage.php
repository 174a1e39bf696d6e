<?php
// Written by `pnpm kits` from the contracts: do not edit.
declare(strict_types=1);

namespace ImCallback\Payload;

final class ImMessage
{
    private const FIELDS = ['messageId', 'conversationId', 'conversationType', 'senderId', 'contentType', 'content', 'status', 'sentAt', 'clientMessageId', 'senderNickname', 'senderPlatform', 'receiverId', 'groupId', 'text', 'mentionedUserIds', 'replyToMessageId', 'seq', 'editedAt', 'revokedAt', 'operatorId', 'extra'];

    public function __construct(
        /** The message’s id, given by the IM server. */
        public readonly string $messageId,
        /** The conversation’s id; events are ordered within it. */
        public readonly string $conversationId,
        /** The kind of conversation: one to one, group, channel or system. */
        public readonly string $conversationType,
        /** The sender’s user id. */
        public readonly string $senderId,
        /** The kind of content: text, image, audio, video, file, location, card, merge, quote, custom, or one of the IM server’s own. */
        public readonly string $contentType,
        /** The content, JSON; its shape depends on contentType. */
        public readonly mixed $content,
        /** The message’s state: normal, revoked or edited. */
        public readonly string $status,
        /** When it was sent, ISO 8601 UTC. */
        public readonly string $sentAt,
        /** The id the sending client gave the message, used to drop duplicate sends. */
        public readonly ?string $clientMessageId = null,
        /** The sender’s nickname when it was sent. */
        public readonly ?string $senderNickname = null,
        /** The platform it was sent from, such as ios, android or web. */
        public readonly ?string $senderPlatform = null,
        /** The receiver’s user id, one-to-one only. */
        public readonly ?string $receiverId = null,
        /** The group’s id, group conversations only. */
        public readonly ?string $groupId = null,
        /** The message as plain text, when it has any. */
        public readonly ?string $text = null,
        /** @var string[] User ids the message mentions. */
        public readonly ?array $mentionedUserIds = null,
        /** The id of the message this one replies to. */
        public readonly ?string $replyToMessageId = null,
        /** The message’s sequence number in its conversation. */
        public readonly ?int $seq = null,
        /** When it was last edited, ISO 8601 UTC. */
        public readonly ?string $editedAt = null,
        /** When it was revoked, ISO 8601 UTC. */
        public readonly ?string $revokedAt = null,
        /** The user id of the person who edited or revoked it. */
        public readonly ?string $operatorId = null,
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
            $data['messageId'] ?? null,
            $data['conversationId'] ?? null,
            $data['conversationType'] ?? null,
            $data['senderId'] ?? null,
            $data['contentType'] ?? null,
            $data['content'] ?? null,
            $data['status'] ?? null,
            $data['sentAt'] ?? null,
            $data['clientMessageId'] ?? null,
            $data['senderNickname'] ?? null,
            $data['senderPlatform'] ?? null,
            $data['receiverId'] ?? null,
            $data['groupId'] ?? null,
            $data['text'] ?? null,
            $data['mentionedUserIds'] ?? null,
            $data['replyToMessageId'] ?? null,
            $data['seq'] ?? null,
            $data['editedAt'] ?? null,
            $data['revokedAt'] ?? null,
            $data['operatorId'] ?? null,
            $data['extra'] ?? null,
            array_diff_key($data, array_flip(self::FIELDS)),
        );
    }
}
