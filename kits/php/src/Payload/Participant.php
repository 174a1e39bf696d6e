<?php
// Written by `pnpm kits` from the contracts: do not edit.
declare(strict_types=1);

namespace ImCallback\Payload;

final class Participant
{
    private const FIELDS = ['userId', 'nickname', 'isBot'];

    public function __construct(
        /** The user’s id. */
        public readonly string $userId,
        /** The user’s nickname. */
        public readonly ?string $nickname = null,
        /** Whether the user is a bot. */
        public readonly ?bool $isBot = null,
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
            $data['isBot'] ?? null,
            array_diff_key($data, array_flip(self::FIELDS)),
        );
    }
}
