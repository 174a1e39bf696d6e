<?php
// Written by `pnpm kits` from the contracts: do not edit.
declare(strict_types=1);

namespace ImCallback\Payload;

final class ConversationOpenedPayload
{
    private const FIELDS = ['conversationId', 'conversationType', 'member', 'groupType', 'name', 'operator', 'extra'];

    public function __construct(
        /** The id of the conversation that was opened. */
        public readonly string $conversationId,
        /** The kind of conversation: one to one, group, channel or system. */
        public readonly string $conversationType,
        /** The user who opened it. */
        public readonly Participant $member,
        /** The IM server’s kind of group, group conversations only. */
        public readonly ?string $groupType = null,
        /** The conversation’s name. */
        public readonly ?string $name = null,
        /** The person who caused it, if different. */
        public readonly ?Participant $operator = null,
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
            Participant::of($data['member'] ?? []),
            $data['groupType'] ?? null,
            $data['name'] ?? null,
            isset($data['operator']) ? Participant::of($data['operator']) : null,
            $data['extra'] ?? null,
            array_diff_key($data, array_flip(self::FIELDS)),
        );
    }
}
