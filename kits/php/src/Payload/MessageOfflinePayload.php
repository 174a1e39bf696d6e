<?php
// Written by `pnpm kits` from the contracts: do not edit.
declare(strict_types=1);

namespace ImCallback\Payload;

final class MessageOfflinePayload
{
    private const FIELDS = ['message', 'recipientIds', 'extra'];

    public function __construct(
        /** The message to push; its fields are those of ImMessage. */
        public readonly ImMessage $message,
        /** @var string[] User ids that are offline and need a push. */
        public readonly array $recipientIds,
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
            ImMessage::of($data['message'] ?? []),
            $data['recipientIds'] ?? null,
            $data['extra'] ?? null,
            array_diff_key($data, array_flip(self::FIELDS)),
        );
    }
}
