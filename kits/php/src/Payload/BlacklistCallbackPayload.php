<?php
// Written by `pnpm kits` from the contracts: do not edit.
declare(strict_types=1);

namespace ImCallback\Payload;

final class BlacklistCallbackPayload
{
    private const FIELDS = ['ownerId', 'blockedUserId', 'operatorId', 'createdAt', 'extra'];

    public function __construct(
        /** The user id whose blacklist it is. */
        public readonly string $ownerId,
        /** The user id that is blocked. */
        public readonly string $blockedUserId,
        /** The user id of the person who did it, usually the owner. */
        public readonly ?string $operatorId = null,
        /** When the entry was made, ISO 8601 UTC. */
        public readonly ?string $createdAt = null,
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
            $data['blockedUserId'] ?? null,
            $data['operatorId'] ?? null,
            $data['createdAt'] ?? null,
            $data['extra'] ?? null,
            array_diff_key($data, array_flip(self::FIELDS)),
        );
    }
}
