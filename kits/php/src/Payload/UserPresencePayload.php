<?php
// Written by `pnpm kits` from the contracts: do not edit.
declare(strict_types=1);

namespace ImCallback\Payload;

final class UserPresencePayload
{
    private const FIELDS = ['userId', 'platform', 'deviceFlag', 'connectionId', 'deviceOnlineCount', 'totalOnlineCount', 'extra'];

    public function __construct(
        /** The user’s id. */
        public readonly string $userId,
        /** The platform that came or went, such as ios, android or web. */
        public readonly ?string $platform = null,
        /** The IM server’s device flag, such as 0 for app, 1 for web, 2 for desktop. */
        public readonly ?int $deviceFlag = null,
        /** The connection’s id. */
        public readonly ?string $connectionId = null,
        /** How many connections of this kind of device are online now. */
        public readonly ?int $deviceOnlineCount = null,
        /** How many connections the user has online now, all devices together. */
        public readonly ?int $totalOnlineCount = null,
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
            $data['platform'] ?? null,
            $data['deviceFlag'] ?? null,
            $data['connectionId'] ?? null,
            $data['deviceOnlineCount'] ?? null,
            $data['totalOnlineCount'] ?? null,
            $data['extra'] ?? null,
            array_diff_key($data, array_flip(self::FIELDS)),
        );
    }
}
