<?php
// Written by `pnpm kits` from the contracts: do not edit.
declare(strict_types=1);

namespace ImCallback\Payload;

final class FriendPayload
{
    private const FIELDS = ['ownerId', 'friendId', 'extra'];

    public function __construct(
        /** The user id whose list of friends changed. */
        public readonly string $ownerId,
        /** The friend’s user id. */
        public readonly string $friendId,
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
            $data['ownerId'] ?? null,
            $data['friendId'] ?? null,
            $data['extra'] ?? null,
            array_diff_key($data, array_flip(self::FIELDS)),
        );
    }
}
