<?php
// Written by `pnpm kits` from the contracts: do not edit.
declare(strict_types=1);

namespace ImCallback\Payload;

final class UserPayload
{
    private const FIELDS = ['userId', 'nickname', 'avatarUrl', 'changes', 'extra'];

    public function __construct(
        /** The user’s id. */
        public readonly string $userId,
        /** The user’s nickname. */
        public readonly ?string $nickname = null,
        /** The address of the user’s picture. */
        public readonly ?string $avatarUrl = null,
        /** The fields that changed, with their new values. */
        public readonly ?array $changes = null,
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
            $data['userId'] ?? null,
            $data['nickname'] ?? null,
            $data['avatarUrl'] ?? null,
            $data['changes'] ?? null,
            $data['extra'] ?? null,
            array_diff_key($data, array_flip(self::FIELDS)),
        );
    }
}
