<?php
// Written by `pnpm kits` from the contracts: do not edit.
declare(strict_types=1);

namespace ImCallback\Payload;

final class GroupMemberPayload
{
    private const FIELDS = ['groupId', 'memberIds', 'groupName', 'operatorId', 'reason', 'extra'];

    public function __construct(
        /** The group’s id. */
        public readonly string $groupId,
        /** @var string[] User ids of the members concerned. */
        public readonly array $memberIds,
        /** The group’s name. */
        public readonly ?string $groupName = null,
        /** The user id of the person who did it, for example invited or removed them. */
        public readonly ?string $operatorId = null,
        /** The reason given. */
        public readonly ?string $reason = null,
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
            $data['memberIds'] ?? null,
            $data['groupName'] ?? null,
            $data['operatorId'] ?? null,
            $data['reason'] ?? null,
            $data['extra'] ?? null,
            array_diff_key($data, array_flip(self::FIELDS)),
        );
    }
}
