<?php
// Written by `pnpm kits` from the contracts: do not edit.
declare(strict_types=1);

namespace ImCallback\Payload;

final class MessageReadCallbackPayload
{
    private const FIELDS = ['conversationId', 'conversationType', 'readerId', 'readAt', 'messageIds', 'readSeq', 'extra'];

    public function __construct(
        /** The conversation’s id. */
        public readonly string $conversationId,
        /** The kind of conversation: one to one, group, channel or system. */
        public readonly string $conversationType,
        /** The user id of the reader. */
        public readonly string $readerId,
        /** When it was read, ISO 8601 UTC. */
        public readonly string $readAt,
        /** @var string[] The ids of the messages this receipt covers. */
        public readonly ?array $messageIds = null,
        /** Everything up to and including this sequence number has been read. */
        public readonly ?int $readSeq = null,
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
            $data['conversationId'] ?? null,
            $data['conversationType'] ?? null,
            $data['readerId'] ?? null,
            $data['readAt'] ?? null,
            $data['messageIds'] ?? null,
            $data['readSeq'] ?? null,
            $data['extra'] ?? null,
            array_diff_key($data, array_flip(self::FIELDS)),
        );
    }
}
