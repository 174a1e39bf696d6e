<?php
// Written by `pnpm kits` from the contracts: do not edit.
declare(strict_types=1);

namespace ImCallback\Payload;

final class FriendRequestCallbackPayload
{
    private const FIELDS = ['fromUserId', 'toUserId', 'status', 'requestId', 'message', 'handledBy', 'handleMessage', 'createdAt', 'handledAt', 'extra'];

    public function __construct(
        /** The user id of the person who asks. */
        public readonly string $fromUserId,
        /** The user id of the person who is asked. */
        public readonly string $toUserId,
        /** The request’s state: pending, accepted or rejected. */
        public readonly string $status,
        /** The friend request’s id. */
        public readonly ?string $requestId = null,
        /** The words that came with the request. */
        public readonly ?string $message = null,
        /** The user id of the person who handled the request. */
        public readonly ?string $handledBy = null,
        /** The words that came with the answer. */
        public readonly ?string $handleMessage = null,
        /** When the request was made, ISO 8601 UTC. */
        public readonly ?string $createdAt = null,
        /** When the request was handled, ISO 8601 UTC. */
        public readonly ?string $handledAt = null,
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
            $data['fromUserId'] ?? null,
            $data['toUserId'] ?? null,
            $data['status'] ?? null,
            $data['requestId'] ?? null,
            $data['message'] ?? null,
            $data['handledBy'] ?? null,
            $data['handleMessage'] ?? null,
            $data['createdAt'] ?? null,
            $data['handledAt'] ?? null,
            $data['extra'] ?? null,
            array_diff_key($data, array_flip(self::FIELDS)),
        );
    }
}
