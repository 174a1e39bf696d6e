<?php
// Written by `pnpm kits` from the contracts: do not edit.
declare(strict_types=1);

namespace ImCallback\Payload;

final class GroupPayload
{
    private const FIELDS = ['groupId', 'name', 'ownerId', 'previousOwnerId', 'operatorId', 'memberCount', 'changes', 'extra'];

    public function __construct(
        /** The group’s id. */
        public readonly string $groupId,
        /** The group’s name. */
        public readonly ?string $name = null,
        /** The user id of the group’s owner. */
        public readonly ?string $ownerId = null,
        /** The user id of the owner before a transfer. */
        public readonly ?string $previousOwnerId = null,
        /** The user id of the person who did it. */
        public readonly ?string $operatorId = null,
        /** How many members the group has. */
        public readonly ?int $memberCount = null,
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
            $data['groupId'] ?? null,
            $data['name'] ?? null,
            $data['ownerId'] ?? null,
            $data['previousOwnerId'] ?? null,
            $data['operatorId'] ?? null,
            $data['memberCount'] ?? null,
            $data['changes'] ?? null,
            $data['extra'] ?? null,
            array_diff_key($data, array_flip(self::FIELDS)),
        );
    }
}
