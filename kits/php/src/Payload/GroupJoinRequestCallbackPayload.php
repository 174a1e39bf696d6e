<?php
// Written by `pnpm kits` from the contracts: do not edit.
declare(strict_types=1);

namespace ImCallback\Payload;

final class GroupJoinRequestCallbackPayload
{
    private const FIELDS = ['groupId', 'applicantId', 'status', 'requestId', 'groupName', 'inviterId', 'message', 'handledBy', 'handleMessage', 'createdAt', 'handledAt', 'extra'];

    public function __construct(
        /** The group’s id. */
        public readonly string $groupId,
        /** The user id of the person who wants to join. */
        public readonly string $applicantId,
        /** The request’s state: pending, accepted or rejected. */
        public readonly string $status,
        /** The join request’s id. */
        public readonly ?string $requestId = null,
        /** The group’s name. */
        public readonly ?string $groupName = null,
        /** The user id of the person who invited the applicant. */
        public readonly ?string $inviterId = null,
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
            $data['groupId'] ?? null,
            $data['applicantId'] ?? null,
            $data['status'] ?? null,
            $data['requestId'] ?? null,
            $data['groupName'] ?? null,
            $data['inviterId'] ?? null,
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
