<?php
// Written by `pnpm kits` from the contracts: do not edit.
declare(strict_types=1);

namespace ImCallback\Payload;

final class TestPingPayload
{
    private const FIELDS = ['message', 'requestedBy', 'extra'];

    public function __construct(
        /** The text of the test. */
        public readonly string $message,
        /** The console’s user who asked for the test. */
        public readonly ?string $requestedBy = null,
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
            $data['message'] ?? null,
            $data['requestedBy'] ?? null,
            $data['extra'] ?? null,
            array_diff_key($data, array_flip(self::FIELDS)),
        );
    }
}
